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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.Jobs;
import org.resticmanager.source.SourceGroups;

/** What a host backs up, and <i>run now</i>. */
@Path("/hosts/{host}/source-groups")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SourceGroupsResource {

  @Inject private SourceGroups sourceGroups;
  @Inject private Jobs jobs;

  /** 200 with all of them, by name; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<SourceGroupRepresentation> list(@PathParam("host") String host) {
    return new PageRepresentation<>(
        sourceGroups.of(HostId.parse(host)).stream().map(SourceGroupRepresentation::of).toList(),
        null);
  }

  /** 200: made, or replaced. May be repeated. 412 if it is not as {@code If-Match} says. */
  @PUT
  @Path("/{group}")
  @RolesAllowed("operator")
  public SourceGroupRepresentation put(
      @PathParam("host") String host,
      @PathParam("group") String group,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch seen,
      SourceGroupRepresentation body) {
    return SourceGroupRepresentation.of(
        sourceGroups.put(
            HostId.parse(host),
            group,
            Body.require(body).plan(),
            current -> seen.require(current.map(SourceGroupRepresentation::of))));
  }

  /** 200; 404. */
  @GET
  @Path("/{group}")
  @RolesAllowed("viewer")
  public SourceGroupRepresentation find(
      @PathParam("host") String host, @PathParam("group") String group) {
    return SourceGroupRepresentation.of(sourceGroups.find(HostId.parse(host), group));
  }

  /** 204: nothing backs it up any more; its snapshots stay. 404; 409 if a schedule has it. */
  @DELETE
  @Path("/{group}")
  @RolesAllowed("operator")
  public void remove(@PathParam("host") String host, @PathParam("group") String group) {
    sourceGroups.remove(HostId.parse(host), group);
  }

  /**
   * 202 with the queued backup and its {@code Location}; 404; 409 if the host has no repository.
   * Each call queues one more. With {@code {"retry": true}} it is tried again if it fails; {@code
   * limitUploadKib} and {@code limitDownloadKib} (KiB per second, 0 for none) hold instead of the
   * host's.
   */
  @POST
  @Path("/{group}/runs")
  @RolesAllowed("operator")
  public Response runNow(
      @PathParam("host") String host,
      @PathParam("group") String group,
      @Context UriInfo uri,
      String body) {
    JobDetails job = jobs.runNow(HostId.parse(host), group, Body.flag(body, "retry"), limits(body));
    return JobRepresentation.accepted(job, uri);
  }

  private static Optional<Bandwidth> limits(String body) {
    Optional<Long> upload = Body.count(body, "limitUploadKib");
    Optional<Long> download = Body.count(body, "limitDownloadKib");
    return upload.isEmpty() && download.isEmpty()
        ? Optional.empty()
        : Optional.of(Bandwidth.of(upload.orElse(null), download.orElse(null)));
  }
}
