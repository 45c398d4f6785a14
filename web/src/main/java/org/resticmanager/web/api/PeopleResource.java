package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;
import org.resticmanager.user.Invitation;
import org.resticmanager.user.People;
import org.resticmanager.user.PersonEdit;
import org.resticmanager.user.Role;
import org.resticmanager.user.SecondFactors;
import org.resticmanager.user.UserId;

/** The people and what each of them may do. */
@Path("/people")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

  private static final int MAX_ROLE = 100;

  @Inject private People people;
  @Inject private SecondFactors secondFactors;

  /**
   * @param name with which the person signs in
   * @param role what they may do
   * @param hostTags they see the hosts with one of them; absent or empty: every host
   */
  public record NewPersonRepresentation(String name, String role, List<String> hostTags) {}

  /**
   * What to change; what is absent stays as it is.
   *
   * @param role what they may do
   * @param hostTags they see the hosts with one of them; empty: every host
   * @param enabled whether they may come in
   */
  public record PersonEditRepresentation(String role, List<String> hostTags, Boolean enabled) {}

  /**
   * @param person whom the link is for
   * @param link hand it to them; shown this once
   * @param expiresAt after this moment it is refused
   */
  public record InvitationRepresentation(
      PersonRepresentation person, String link, Instant expiresAt) {

    static InvitationRepresentation of(Invitation invitation) {
      return new InvitationRepresentation(
          PersonRepresentation.of(invitation.person()), invitation.link(), invitation.expiresAt());
    }
  }

  /** 200 with a page of people, by name. */
  @GET
  @RolesAllowed("admin")
  public PageRepresentation<PersonRepresentation> list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(people.list(cursor, limit), PersonRepresentation::of);
  }

  /** 201 with the person and their set-up link; 409 if the name is taken. */
  @POST
  @RolesAllowed("admin")
  public Response add(NewPersonRepresentation body) {
    NewPersonRepresentation given = Body.require(body);
    return created(
        people.add(given.name(), role(given.role()), HostTagsField.read(given.hostTags())));
  }

  /** 200; 404. */
  @GET
  @Path("/{person}")
  @RolesAllowed("admin")
  public PersonRepresentation find(@PathParam("person") String person) {
    return PersonRepresentation.of(people.find(UserId.parse(person)));
  }

  /** 200 with the person as they stand then; 404; 409 for the last administrator; 412. */
  @PUT
  @Path("/{person}")
  @RolesAllowed("admin")
  public PersonRepresentation edit(
      @PathParam("person") String person,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch,
      PersonEditRepresentation body) {
    PersonEditRepresentation given = Body.require(body);
    PersonEdit edit =
        new PersonEdit(
            Optional.ofNullable(given.role()).map(PeopleResource::role),
            Optional.ofNullable(given.hostTags()).map(HostTagsField::read),
            Optional.ofNullable(given.enabled()));
    return PersonRepresentation.of(
        people.edit(
            UserId.parse(person), edit, now -> ifMatch.require(PersonRepresentation.of(now))));
  }

  /** 204; 404; 409 for the last administrator. */
  @DELETE
  @Path("/{person}")
  @RolesAllowed("admin")
  public void remove(@PathParam("person") String person) {
    people.remove(UserId.parse(person));
  }

  /** 201 with a new set-up link, by which the person chooses a new password; 404. */
  @POST
  @Path("/{person}/set-up-links")
  @RolesAllowed("admin")
  public Response newLink(@PathParam("person") String person) {
    return created(people.newLink(UserId.parse(person)));
  }

  /** 204: every sign-in of the person has ended; 404. */
  @DELETE
  @Path("/{person}/sign-ins")
  @RolesAllowed("admin")
  public void signOut(@PathParam("person") String person) {
    people.signOut(UserId.parse(person));
  }

  /** 204: the person comes in without a one-time code; 404. */
  @DELETE
  @Path("/{person}/second-factor")
  @RolesAllowed("admin")
  public void resetSecondFactor(@PathParam("person") String person) {
    secondFactors.reset(UserId.parse(person));
  }

  private static Response created(Invitation invitation) {
    return Response.status(Response.Status.CREATED)
        .entity(InvitationRepresentation.of(invitation))
        .build();
  }

  private static Role role(String name) {
    try {
      return Role.named(Invalid.requireText(name, "role", MAX_ROLE));
    } catch (IllegalArgumentException e) {
      throw new Invalid("role", "must be admin, operator, restore-operator or viewer");
    }
  }
}
