package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.function.BooleanSupplier;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Sight;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobFilter;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobSearch;
import org.resticmanager.job.Jobs;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.platform.Invalid;
import org.resticmanager.web.security.SignedIn;

/** Jobs with their progress and logs. */
@Path("/jobs")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

  @Inject private SignedIn signedIn;
  @Inject private Jobs jobs;
  @Inject private Hosts hosts;
  @Inject private JobSearch search;
  @Inject private JobLogs logs;
  @Inject private LogDownload download;
  @Inject private LiveLogs live;

  /**
   * 200 with a page of all jobs, those queued last first; 422. {@code host}, {@code kind} and
   * {@code status} let only such jobs through, {@code from} and {@code to} those queued in that
   * time.
   */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<JobRepresentation> list(
      @QueryParam("host") String host,
      @QueryParam("kind") String kind,
      @QueryParam("status") String status,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    JobFilter filter = JobFilter.parse(host, kind, status, from, to);
    return PageRepresentation.of(search.list(filter, cursor, limit), JobRepresentation::of);
  }

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
   * 202 with the next attempt of a job that has ended and its {@code Location}; while one is on its
   * way, that one, which then waits no longer than it must. May be repeated. 404; 409 if the host
   * has no repository.
   */
  @POST
  @Path("/{job}/retry")
  @RolesAllowed("operator")
  public Response retry(@PathParam("job") String job, @Context UriInfo uri) {
    JobDetails next = jobs.retry(JobId.parse(job));
    return Response.accepted(JobRepresentation.of(next))
        .location(uri.getBaseUriBuilder().path("jobs").path(next.id().toString()).build())
        .build();
  }

  /** 200 with a page of all attempts of the same, itself among them, newest first; 404. */
  @GET
  @Path("/{job}/attempts")
  @RolesAllowed("viewer")
  public PageRepresentation<JobRepresentation> attempts(
      @PathParam("job") String job,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(
        jobs.attempts(JobId.parse(job), cursor, limit), JobRepresentation::of);
  }

  /**
   * 200 with a page of the log; 404. Ask again with {@code after} = the highest {@code seq} that
   * you have to follow a running job, or follow its stream. An old log may have been dropped: then
   * {@code droppedAt} says when.
   */
  @GET
  @Path("/{job}/log")
  @RolesAllowed("viewer")
  public LogPageRepresentation log(
      @PathParam("job") String job,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("limit") @DefaultValue("500") int limit) {
    JobId id = JobId.parse(job);
    return LogPageRepresentation.of(logs.page(id, after, limit), logs.state(id));
  }

  /**
   * The log as it grows (Server-Sent Events): each line as an event with its number as id, then
   * {@code end} with the job's status. Begins after the number in {@code Last-Event-ID}, else after
   * {@code after}. Ends, without that, when the caller is not let in any more. 404; 503 if too many
   * read along.
   */
  @GET
  @Path("/{job}/log/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed("viewer")
  public void follow(
      @PathParam("job") String job,
      @QueryParam("after") @DefaultValue("0") long after,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @Context HttpServletRequest request,
      @Context SseEventSink sink,
      @Context Sse sse) {
    JobDetails found = jobs.find(JobId.parse(job));
    long last = lastEventId == null || lastEventId.isEmpty() ? after : number(lastEventId);
    if (last < 0) {
      throw new Invalid("after", "must not be negative");
    }
    live.requireRoom();
    live.open(found.id(), last, sink, sse, stillSeen(found.host(), request));
  }

  private BooleanSupplier stillSeen(HostId host, HttpServletRequest request) {
    Hosts allHosts = hosts;
    Sight sight = hosts.sight();
    BooleanSupplier letIn = signedIn.lasting(request);
    return () -> letIn.getAsBoolean() && allHosts.sees(sight, host);
  }

  private static long number(String lastEventId) {
    try {
      return Long.parseLong(lastEventId);
    } catch (NumberFormatException e) {
      throw new Invalid(HttpHeaders.LAST_EVENT_ID_HEADER, "must be the number of a line");
    }
  }

  /**
   * 200 with the whole log for people, every control character in it visible; 404; 410 if it was
   * dropped; 503 if too many download. Breaks off when the caller is not let in any more, and after
   * four hours.
   */
  @GET
  @Path("/{job}/log.txt")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed("viewer")
  public Response logAsText(@PathParam("job") String job, @Context HttpServletRequest request) {
    JobDetails found = jobs.find(JobId.parse(job));
    JobId id = found.id();
    BooleanSupplier stillLetIn = stillSeen(found.host(), request);
    return file(
        download.text(id, stillLetIn), MediaType.TEXT_PLAIN + ";charset=UTF-8", id + ".log.txt");
  }

  /**
   * 200 with the whole log for programs, a JSON object per line as in a page of it; 404; 410 if it
   * was dropped; 503 if too many download. Breaks off when the caller is not let in any more, and
   * after four hours.
   */
  @GET
  @Path("/{job}/log.ndjson")
  @Produces("application/x-ndjson")
  @RolesAllowed("viewer")
  public Response logAsNdjson(@PathParam("job") String job, @Context HttpServletRequest request) {
    JobDetails found = jobs.find(JobId.parse(job));
    JobId id = found.id();
    BooleanSupplier stillLetIn = stillSeen(found.host(), request);
    return file(download.ndjson(id, stillLetIn), "application/x-ndjson", id + ".log.ndjson");
  }

  private static Response file(StreamingOutput content, String type, String name) {
    return Response.ok(content, type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
