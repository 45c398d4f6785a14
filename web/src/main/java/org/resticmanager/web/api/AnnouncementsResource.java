package org.resticmanager.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.resticmanager.enrolment.AnnouncementDetails;
import org.resticmanager.enrolment.Announcements;
import org.resticmanager.enrolment.Applicant;
import org.resticmanager.enrolment.Claim;
import org.resticmanager.enrolment.Enrolled;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;

/** Machines that announce themselves by a key, and what administrators decide of them. */
@Path("/announcements")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class AnnouncementsResource {

  @Inject private Announcements announcements;

  /**
   * @param challenge to be signed with the next announcement or claim, within five minutes
   */
  public record ChallengeRepresentation(String challenge) {}

  /**
   * @param publicKey Base64 of the 32 bytes of an Ed25519 key
   * @param hostname what the machine calls itself
   * @param os {@code linux} or {@code windows}
   * @param arch {@code amd64} or {@code arm64}
   * @param challenge from {@code POST /announcements/challenges}
   * @param signature Base64 of the key's signature of {@code restic-manager announcement}, the
   *     challenge, the hostname, os and arch, with a line feed between each two
   */
  public record NewAnnouncementRepresentation(
      String publicKey,
      String hostname,
      String os,
      String arch,
      String challenge,
      String signature) {}

  /**
   * @param challenge from {@code POST /announcements/challenges}, or the last claim
   * @param signature Base64 of the key's signature of {@code restic-manager claim}, the challenge
   *     and the announcement's id, with a line feed between each two
   */
  public record ClaimRepresentation(String challenge, String signature) {}

  /**
   * @param status {@code open}, {@code accepted} or {@code rejected}
   * @param challenge for the next claim
   * @param hostId the host that the machine has become; absent unless accepted
   * @param hostName its name, which the agent gives to restic; absent unless accepted
   * @param agentToken the secret by which the agent signs in; absent unless accepted
   */
  public record ClaimedRepresentation(
      String status, String challenge, String hostId, String hostName, String agentToken) {}

  /**
   * @param id names the announcement
   * @param status {@code open}, {@code accepted} or {@code rejected}
   * @param fingerprint of the key, as the machine shows it
   * @param hostname what the machine calls itself
   * @param os of the machine
   * @param arch of the machine
   * @param address from which it was announced
   * @param announcedAt when
   * @param expiresAt after this moment it is forgotten
   * @param hostId the host that the machine has become; absent unless accepted
   */
  public record AnnouncementRepresentation(
      String id,
      String status,
      String fingerprint,
      String hostname,
      String os,
      String arch,
      String address,
      Instant announcedAt,
      Instant expiresAt,
      String hostId) {

    static AnnouncementRepresentation of(AnnouncementDetails announcement) {
      return new AnnouncementRepresentation(
          announcement.id().toString(),
          announcement.status().code(),
          announcement.key().fingerprint(),
          announcement.machine().hostname(),
          announcement.machine().os(),
          announcement.machine().arch(),
          announcement.address(),
          announcement.announcedAt(),
          announcement.expiresAt(),
          announcement.host().map(HostId::toString).orElse(null));
    }
  }

  /**
   * @param hostId the host that the machine has become
   * @param hostName its name
   */
  public record AcceptedRepresentation(String hostId, String hostName) {}

  /** 201 with a challenge. */
  @POST
  @Path("/challenges")
  @PermitAll
  public Response challenge() {
    return Response.status(Response.Status.CREATED)
        .entity(new ChallengeRepresentation(announcements.challenge()))
        .build();
  }

  /**
   * 201: the machine waits for a decision; with the same key, the same announcement. 401 if the
   * proof is not good; 409 if it was rejected; 422 if the machine or its key is not described; 429
   * if too many wait, or have come from this address.
   */
  @POST
  @PermitAll
  public Response announce(NewAnnouncementRepresentation body) {
    NewAnnouncementRepresentation given = Body.require(body);
    AnnouncementDetails made =
        announcements.announce(
            given.publicKey(),
            new Applicant(given.hostname(), given.os(), given.arch()),
            given.challenge(),
            given.signature());
    return Response.status(Response.Status.CREATED)
        .entity(AnnouncementRepresentation.of(made))
        .build();
  }

  /**
   * 200 with what was decided, and the agent's token if that is yes; 401 if the proof is not good;
   * 404 if it is unknown or has expired; 409 if the agent has signed in already.
   */
  @POST
  @Path("/{announcement}/claims")
  @PermitAll
  public ClaimedRepresentation claim(
      @PathParam("announcement") String id, ClaimRepresentation body) {
    ClaimRepresentation given = Body.require(body);
    Claim claim = announcements.claim(id, given.challenge(), given.signature());
    return new ClaimedRepresentation(
        claim.status().code(),
        announcements.challenge(),
        claim.enrolled().map(enrolled -> enrolled.host().id().toString()).orElse(null),
        claim.enrolled().map(enrolled -> enrolled.host().name()).orElse(null),
        claim.enrolled().map(Enrolled::agentToken).orElse(null));
  }

  /** 200 with a page, newest first. */
  @GET
  @RolesAllowed("admin")
  public PageRepresentation<AnnouncementRepresentation> list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(announcements.list(cursor, limit), AnnouncementRepresentation::of);
  }

  /**
   * 200: the machine is a host now; 404; 409 if it was rejected. May be repeated.
   *
   * @param body may be left out: {@code name}, the host's
   */
  @POST
  @Path("/{announcement}/acceptance")
  @RolesAllowed("admin")
  public AcceptedRepresentation accept(@PathParam("announcement") String id, String body) {
    HostDetails host = announcements.accept(id, Body.text(body, "name").orElse(""));
    return new AcceptedRepresentation(host.id().toString(), host.name());
  }

  /** 204: the machine is not let in; 404; 409 if it was accepted. May be repeated. */
  @POST
  @Path("/{announcement}/rejection")
  @RolesAllowed("admin")
  public void reject(@PathParam("announcement") String id) {
    announcements.reject(id);
  }
}
