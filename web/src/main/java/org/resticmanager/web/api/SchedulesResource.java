package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.Cron;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;

/** When a host backs up. */
@Path("/hosts/{host}/schedules")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SchedulesResource {

  private static final int NEXT_RUNS = 5;

  @Inject private Schedules schedules;
  @Inject private Clock clock;

  /**
   * @param name unique on the host; ignored on writing, where the path names it
   * @param cron five fields, by the host's own clock
   * @param enabled whether it fires; true if absent
   * @param sourceGroups names of source groups of the host, at least one
   * @param nextRuns the next five, in the zone asked for; ignored on writing
   */
  public record ScheduleRepresentation(
      String name,
      String cron,
      Boolean enabled,
      List<String> sourceGroups,
      List<OffsetDateTime> nextRuns) {

    static ScheduleRepresentation of(ScheduleDetails schedule, ZonedDateTime now) {
      return new ScheduleRepresentation(
          schedule.name(),
          schedule.cron().expression(),
          schedule.enabled(),
          schedule.sourceGroups().stream().map(SourceGroupDetails::name).toList(),
          schedule.enabled()
              ? schedule.cron().next(now, NEXT_RUNS).stream()
                  .map(ZonedDateTime::toOffsetDateTime)
                  .toList()
              : List.of());
    }
  }

  /** 200 with all of them, by name; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<ScheduleRepresentation> list(
      @PathParam("host") String host, @QueryParam("zone") @DefaultValue("UTC") String zone) {
    ZonedDateTime now = now(zone);
    return new PageRepresentation<>(
        schedules.of(HostId.parse(host)).stream()
            .map(schedule -> ScheduleRepresentation.of(schedule, now))
            .toList(),
        null);
  }

  /** 200; 404. */
  @GET
  @Path("/{schedule}")
  @RolesAllowed("viewer")
  public ScheduleRepresentation find(
      @PathParam("host") String host,
      @PathParam("schedule") String schedule,
      @QueryParam("zone") @DefaultValue("UTC") String zone) {
    return ScheduleRepresentation.of(schedules.find(HostId.parse(host), schedule), now(zone));
  }

  /** 200: made, or replaced. May be repeated. 400 if it cannot be read or would never fire. */
  @PUT
  @Path("/{schedule}")
  @RolesAllowed("operator")
  public ScheduleRepresentation put(
      @PathParam("host") String host,
      @PathParam("schedule") String schedule,
      @QueryParam("zone") @DefaultValue("UTC") String zone,
      ScheduleRepresentation body) {
    ScheduleRepresentation given = Body.require(body);
    ZonedDateTime now = now(zone);
    return ScheduleRepresentation.of(
        schedules.put(
            HostId.parse(host),
            schedule,
            new Cron(given.cron()),
            given.enabled() == null || given.enabled(),
            given.sourceGroups()),
        now);
  }

  /** 204: it fires no more; jobs that it has queued stay. 404. */
  @DELETE
  @Path("/{schedule}")
  @RolesAllowed("operator")
  public void remove(@PathParam("host") String host, @PathParam("schedule") String schedule) {
    schedules.remove(HostId.parse(host), schedule);
  }

  private ZonedDateTime now(String zone) {
    try {
      return clock.instant().atZone(ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new Invalid("zone", "must be a time zone, as in 'Europe/Berlin'");
    }
  }
}
