package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
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
import org.resticmanager.enrolment.EnrolmentToken;
import org.resticmanager.enrolment.EnrolmentTokenDetails;
import org.resticmanager.enrolment.EnrolmentTokens;
import org.resticmanager.host.HostId;

/** One-time tokens with which machines become hosts. */
@Path("/enrolment-tokens")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentTokensResource {

  @Inject private EnrolmentTokens tokens;

  /**
   * A token just made.
   *
   * @param id by which it can be looked for and revoked
   * @param token the secret, shown this once
   * @param expiresAt after this moment it is refused
   */
  public record NewTokenRepresentation(String id, String token, Instant expiresAt) {

    static NewTokenRepresentation of(EnrolmentToken token) {
      return new NewTokenRepresentation(token.id().toString(), token.text(), token.expiresAt());
    }
  }

  /**
   * What is known of a token; never its text.
   *
   * @param id names it
   * @param label what it was made for; may be empty
   * @param state {@code open}, {@code used}, {@code expired} or {@code revoked}
   * @param createdBy who made it
   * @param createdAt when
   * @param expiresAt after this moment it is refused
   * @param forHost the host that is enrolled anew with it; absent if it makes a new one
   * @param usedAt when a machine enrolled with it; absent if none did
   * @param usedBy the host that came of it; absent if none did, or it is gone
   * @param revokedAt when it was revoked; absent if it was not
   */
  public record EnrolmentTokenRepresentation(
      String id,
      String label,
      String state,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      String forHost,
      Instant usedAt,
      String usedBy,
      Instant revokedAt) {

    static EnrolmentTokenRepresentation of(EnrolmentTokenDetails token) {
      return new EnrolmentTokenRepresentation(
          token.id().toString(),
          token.label(),
          token.state().code(),
          token.createdBy(),
          token.createdAt(),
          token.expiresAt(),
          token.forHost().map(HostId::toString).orElse(null),
          token.usedAt(),
          token.usedBy().map(HostId::toString).orElse(null),
          token.revokedAt());
    }
  }

  /**
   * 201 with a token that is good for one machine within one hour, and shown this once; with {@code
   * hostId} that machine becomes this host again. 404 if there is no such host; 422 if the label is
   * too long.
   *
   * @param body may be left out: {@code label}, {@code hostId}
   */
  @POST
  @RolesAllowed("fleet-operator")
  public Response create(String body) {
    EnrolmentToken token =
        tokens.create(
            Body.text(body, "label").orElse(""), Body.text(body, "hostId").map(HostId::parse));
    return Response.status(Response.Status.CREATED)
        .entity(NewTokenRepresentation.of(token))
        .build();
  }

  /** 200 with a page of tokens, newest first. */
  @GET
  @RolesAllowed("fleet-operator")
  public PageRepresentation<EnrolmentTokenRepresentation> list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(tokens.list(cursor, limit), EnrolmentTokenRepresentation::of);
  }

  /** 200; 404. */
  @GET
  @Path("/{token}")
  @RolesAllowed("fleet-operator")
  public EnrolmentTokenRepresentation find(@PathParam("token") String id) {
    return EnrolmentTokenRepresentation.of(tokens.find(id));
  }

  /** 204: nobody can enrol with it any more; 404; 409 if a machine has. May be repeated. */
  @DELETE
  @Path("/{token}")
  @RolesAllowed("fleet-operator")
  public void revoke(@PathParam("token") String id) {
    tokens.revoke(id);
  }
}
