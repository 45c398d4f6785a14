package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.platform.NotFound;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.rotation.PasswordRotations;
import org.resticmanager.rotation.RotationState;

/** The change of a repository's password by its hosts, while they go on. */
@Path("/repositories/{repository}/password-rotation")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PasswordRotationResource {

  @Inject private PasswordRotations rotations;

  /** 200: how the newest one stands; 404 if there was none. */
  @GET
  @RolesAllowed("viewer")
  public PasswordRotationRepresentation find(@PathParam("repository") String repository) {
    return rotations
        .find(RepositoryId.parse(repository))
        .map(PasswordRotationRepresentation::of)
        .orElseThrow(() -> new NotFound("password rotation", repository));
  }

  /**
   * 202: begun, or one that got stuck goes on; may be repeated. With {@code {"password": "…"}} to
   * that password, else to one that nobody learns. 404; 409 with what is in the way; 422.
   */
  @POST
  @RolesAllowed("fleet-operator")
  public Response start(@PathParam("repository") String repository, String body) {
    return accepted(rotations.start(RepositoryId.parse(repository), Body.text(body, "password")));
  }

  /**
   * 202: given up. Before the switch the old password stays in use, after it the old key stays in
   * the repository. 404; 409 if none is under way.
   */
  @DELETE
  @RolesAllowed("fleet-operator")
  public Response giveUp(@PathParam("repository") String repository) {
    return accepted(rotations.giveUp(RepositoryId.parse(repository)));
  }

  private static Response accepted(RotationState state) {
    return Response.accepted(PasswordRotationRepresentation.of(state)).build();
  }
}
