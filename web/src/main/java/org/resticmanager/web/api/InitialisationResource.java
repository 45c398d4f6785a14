package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.resticmanager.job.Initialisations;
import org.resticmanager.repository.RepositoryId;

/** A repository that is gone from its location, and is made anew there. */
@Path("/repositories/{repository}/initialisation")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class InitialisationResource {

  @Inject private Initialisations initialisations;

  /**
   * @param confirm the repository's name
   */
  public record ConfirmRepresentation(String confirm) {}

  /**
   * 202 with the queued job and its {@code Location}, which is the one on its way already if there
   * is one; 404; 409 if no host is online; 422 if {@code confirm} is not the name.
   */
  @POST
  @RolesAllowed("fleet-operator")
  public Response again(
      @PathParam("repository") String repository,
      @Context UriInfo uri,
      ConfirmRepresentation body) {
    return JobRepresentation.accepted(
        initialisations.again(RepositoryId.parse(repository), Body.require(body).confirm()), uri);
  }
}
