package org.resticmanager.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Users;

/** Makes the first administrator with the one-time token that the control plane printed. */
@Path("/set-up")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SetUpResource {

  @Inject private Users users;

  /**
   * @param token from the set-up link, behind {@code #token=}
   * @param name the administrator's
   * @param password the administrator's, at least 10 characters
   */
  public record SetUpRepresentation(String token, String name, String password) {}

  /**
   * @param name as it was taken
   * @param role what the person may do
   */
  public record PersonRepresentation(String name, String role) {}

  /** 201; 401 if the token is not valid (any more); 422 if name or password will not do. */
  @POST
  @PermitAll
  public Response setUp(SetUpRepresentation body) {
    SetUpRepresentation given = Body.require(body);
    Caller admin = users.setUp(given.token(), given.name(), given.password());
    return Response.status(Response.Status.CREATED)
        .entity(new PersonRepresentation(admin.name(), admin.role().roleName()))
        .build();
  }
}
