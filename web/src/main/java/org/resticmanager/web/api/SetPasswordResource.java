package org.resticmanager.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Users;

/** Lets a person choose their password, by the set-up link that an administrator has made. */
@Path("/set-password")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SetPasswordResource {

  @Inject private Users users;

  /**
   * @param token from the link, behind {@code #token=}
   * @param password at least 10 characters
   */
  public record NewPasswordRepresentation(String token, String password) {}

  /**
   * @param name with which to sign in
   * @param role what the person may do
   */
  public record SetUpPersonRepresentation(String name, String role) {}

  /** 200; 401 if the link is not valid (any more); 422 if the password will not do. */
  @POST
  @PermitAll
  public SetUpPersonRepresentation setPassword(NewPasswordRepresentation body) {
    NewPasswordRepresentation given = Body.require(body);
    Caller person = users.setPassword(given.token(), given.password());
    return new SetUpPersonRepresentation(person.name(), person.role().roleName());
  }
}
