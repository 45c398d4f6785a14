package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.ScheduleState;
import org.resticmanager.source.Schedules;

/** The hosts with their jobs and snapshots, and the repository that each backs up to. */
@Path("/hosts")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HostsResource {

  @Inject private Hosts hosts;
  @Inject private HostTags hostTags;
  @Inject private Jobs jobs;
  @Inject private Snapshots snapshots;
  @Inject private Repositories repositories;
  @Inject private Schedules schedules;

  /**
   * @param repositoryId the repository that the host backs up to
   */
  public record RepositoryConnectionRepresentation(String repositoryId) {}

  /** 200 with a page of hosts, by name. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<HostRepresentation> list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    Page<HostDetails> page = hosts.list(cursor, limit);
    Map<HostId, ScheduleState> states =
        schedules.states(page.items().stream().map(HostDetails::id).toList());
    Map<HostId, Tags> tags = hostTags.of(states.keySet());
    return PageRepresentation.of(
        page,
        host ->
            HostRepresentation.of(
                host, states.get(host.id()), tags.getOrDefault(host.id(), Tags.NONE)));
  }

  /** 200; 404. */
  @GET
  @Path("/{host}")
  @RolesAllowed("viewer")
  public HostRepresentation find(@PathParam("host") String host) {
    HostId id = HostId.parse(host);
    return HostRepresentation.of(hosts.find(id), schedules.state(id), hostTags.of(id));
  }

  /**
   * 204: the host backs up to this repository from now on; 404 if one of the two is missing; 409 if
   * its agent has a job of the repository of before.
   */
  @PUT
  @Path("/{host}/repository-connection")
  @RolesAllowed("fleet-operator")
  public void connect(@PathParam("host") String host, RepositoryConnectionRepresentation body) {
    String repository = Invalid.requireText(Body.require(body).repositoryId(), "repositoryId", 100);
    repositories.connect(HostId.parse(host), RepositoryId.parse(repository));
  }

  /** 200 with a page of the host's jobs, newest first; 404. */
  @GET
  @Path("/{host}/jobs")
  @RolesAllowed("viewer")
  public PageRepresentation<JobRepresentation> jobs(
      @PathParam("host") String host,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(jobs.of(HostId.parse(host), cursor, limit), JobRepresentation::of);
  }

  /** 200 with a page of the host's snapshots, newest first; 404. */
  @GET
  @Path("/{host}/snapshots")
  @RolesAllowed("viewer")
  public PageRepresentation<SnapshotRepresentation> snapshots(
      @PathParam("host") String host,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(
        snapshots.of(HostId.parse(host), cursor, limit), SnapshotRepresentation::of);
  }
}
