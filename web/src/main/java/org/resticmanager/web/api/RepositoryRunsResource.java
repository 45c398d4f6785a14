package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
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
import org.resticmanager.host.HostId;
import org.resticmanager.job.RepositoryJobs;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.RepositoryId;

/** Jobs for a repository as a whole. */
@Path("/repositories/{repository}/runs")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RepositoryRunsResource {

  @Inject private RepositoryJobs jobs;

  /**
   * @param kind {@code prune}, {@code check} or {@code unlock}
   * @param host the host that runs it
   */
  public record RunRepresentation(String kind, String host) {}

  /**
   * 202 with the queued job and its {@code Location}; 404; 409 if the host does not back up to it
   * or admin credentials are missing; 400.
   */
  @POST
  @RolesAllowed("operator")
  public Response run(
      @PathParam("repository") String repository, @Context UriInfo uri, RunRepresentation body) {
    RunRepresentation given = Body.require(body);
    return JobRepresentation.accepted(
        jobs.run(RepositoryId.parse(repository), kind(given.kind()), host(given.host())), uri);
  }

  private static JobKind kind(String name) {
    try {
      return JobKind.named(Invalid.requireText(name, "kind", 20));
    } catch (IllegalArgumentException e) {
      throw new Invalid("kind", "must be prune, check or unlock");
    }
  }

  private static HostId host(String id) {
    return HostId.parse(Invalid.requireText(id, "host", 100));
  }
}
