package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.Jobs;
import org.resticmanager.source.Paths;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** What a host backs up, and <i>run now</i>. */
@Path("/hosts/{host}/source-groups")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SourceGroupsResource {

  @Inject private SourceGroups sourceGroups;
  @Inject private Jobs jobs;

  /**
   * @param name unique on the host; the snapshots' tag; ignored on writing, where the path names it
   * @param includes absolute paths, at least one
   * @param excludes restic's exclude patterns
   * @param retryMax how often a failed backup is tried again; 2 unless told
   * @param retryBackoffSeconds the pause before that; doubles each time, up to 6 h; 300 unless told
   */
  public record SourceGroupRepresentation(
      String name,
      List<String> includes,
      List<String> excludes,
      Integer retryMax,
      Integer retryBackoffSeconds) {

    static SourceGroupRepresentation of(SourceGroupDetails group) {
      return new SourceGroupRepresentation(
          group.name(),
          group.paths().includes(),
          group.paths().excludes(),
          group.retry().max(),
          group.retry().backoffSeconds());
    }
  }

  /** 200 with all of them, by name; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<SourceGroupRepresentation> list(@PathParam("host") String host) {
    return new PageRepresentation<>(
        sourceGroups.of(HostId.parse(host)).stream().map(SourceGroupRepresentation::of).toList(),
        null);
  }

  /** 200: made, or replaced. May be repeated. */
  @PUT
  @Path("/{group}")
  @RolesAllowed("operator")
  public SourceGroupRepresentation put(
      @PathParam("host") String host,
      @PathParam("group") String group,
      SourceGroupRepresentation body) {
    SourceGroupRepresentation given = Body.require(body);
    return SourceGroupRepresentation.of(
        sourceGroups.put(
            HostId.parse(host),
            group,
            new Paths(given.includes(), given.excludes()),
            RetryRule.of(given.retryMax(), given.retryBackoffSeconds())));
  }

  /**
   * 202 with the queued backup and its {@code Location}; 404; 409 if the host has no repository.
   * Each call queues one more. With {@code {"retry": true}} it is tried again if it fails.
   */
  @POST
  @Path("/{group}/runs")
  @RolesAllowed("operator")
  public Response runNow(
      @PathParam("host") String host,
      @PathParam("group") String group,
      @Context UriInfo uri,
      String body) {
    JobDetails job = jobs.runNow(HostId.parse(host), group, Body.flag(body, "retry"));
    return Response.accepted(JobRepresentation.of(job))
        .location(uri.getBaseUriBuilder().path("jobs").path(job.id().toString()).build())
        .build();
  }
}
