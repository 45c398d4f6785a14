package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.resticmanager.job.JobId;
import org.resticmanager.job.Jobs;
import org.resticmanager.joblog.JobLogs;

/** Jobs with their progress and logs. */
@Path("/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

  @Inject private Jobs jobs;
  @Inject private JobLogs logs;

  /** 200; 404. */
  @GET
  @Path("/{job}")
  @RolesAllowed("viewer")
  public JobRepresentation find(@PathParam("job") String job) {
    return JobRepresentation.of(jobs.find(JobId.parse(job)));
  }

  /**
   * 200 with the job, which has ended or is about to; 404. May be repeated; a job that has ended
   * stays as it is.
   */
  @POST
  @Path("/{job}/cancel")
  @RolesAllowed("operator")
  public JobRepresentation cancel(@PathParam("job") String job) {
    return JobRepresentation.of(jobs.cancel(JobId.parse(job)));
  }

  /**
   * 200 with a page of the log; 404. Ask again with {@code after} = the highest {@code seq} that
   * you have to follow a running job.
   */
  @GET
  @Path("/{job}/log")
  @RolesAllowed("viewer")
  public PageRepresentation<LogLineRepresentation> log(
      @PathParam("job") String job,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("500") int limit) {
    return PageRepresentation.of(
        logs.page(JobId.parse(job), after, limit), LogLineRepresentation::of);
  }
}
