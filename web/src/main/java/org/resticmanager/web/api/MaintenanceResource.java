package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.resticmanager.job.JobDetails;
import org.resticmanager.maintenance.Maintenance;
import org.resticmanager.maintenance.Operation;
import org.resticmanager.repository.RepositoryId;

/** What keeps a repository small and sound, and when. */
@Path("/repositories/{repository}/maintenance")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceResource {

  @Inject private Maintenance maintenance;

  /** 200; 404. */
  @GET
  @RolesAllowed("viewer")
  public MaintenanceRepresentation find(@PathParam("repository") String repository) {
    return MaintenanceRepresentation.of(maintenance.find(RepositoryId.parse(repository)));
  }

  /**
   * 200: changed; what is absent stays as it is. May be repeated. 412 if somebody else has changed
   * it; 404; 422.
   */
  @PUT
  @RolesAllowed("fleet-operator")
  public MaintenanceRepresentation put(
      @PathParam("repository") String repository,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch,
      MaintenanceRepresentation body) {
    MaintenanceRepresentation given = Body.require(body);
    return MaintenanceRepresentation.of(
        maintenance.edit(
            RepositoryId.parse(repository),
            state -> {
              ifMatch.require(MaintenanceRepresentation.of(state));
              return given.changing(state.plan());
            }));
  }

  /**
   * 202 with the jobs, which are those that are on their way already if there are some; 404; 409
   * with what is in the way. {@code {"confirm": "…"}} names the policy version of a forget that is
   * wanted whatever goes; 409 if it is another one by now.
   */
  @POST
  @Path("/{operation}/runs")
  @RolesAllowed("fleet-operator")
  public Response runNow(
      @PathParam("repository") String repository,
      @PathParam("operation") String operation,
      String body) {
    List<JobDetails> jobs =
        maintenance.runNow(
            RepositoryId.parse(repository), Operation.named(operation), Body.text(body, "confirm"));
    return Response.accepted(
            new PageRepresentation<>(jobs.stream().map(JobRepresentation::of).toList(), null))
        .build();
  }
}
