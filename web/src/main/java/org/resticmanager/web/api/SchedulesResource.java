package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Zones;
import org.resticmanager.source.Cron;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.Timing;

/** When a host backs up. */
@Path("/hosts/{host}/schedules")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SchedulesResource {

  private static final int NEXT_RUNS = 5;

  @Inject private Schedules schedules;
  @Inject private Hosts hosts;
  @Inject private Clock clock;

  /**
   * @param name unique on the host; ignored on writing, where the path names it
   * @param cron five fields, or {@code @daily} and the like
   * @param zone by whose clock, as {@code Europe/Berlin}; absent for the host's own
   * @param jitterSeconds its jobs begin up to this much later; 60 unless told
   * @param enabled whether it fires; true if absent
   * @param sourceGroups names of source groups of the host, at least one
   * @param nextRuns when it fires next, five times at most; ignored on writing
   */
  public record ScheduleRepresentation(
      String name,
      String cron,
      String zone,
      Integer jitterSeconds,
      Boolean enabled,
      List<String> sourceGroups,
      List<OffsetDateTime> nextRuns)
      implements Editable {

    @Override
    public List<Object> editable() {
      return Arrays.asList(cron, zone, jitterSeconds, enabled, sourceGroups);
    }

    static ScheduleRepresentation of(ScheduleDetails schedule, List<OffsetDateTime> nextRuns) {
      return new ScheduleRepresentation(
          schedule.name(),
          schedule.timing().cron().expression(),
          schedule.timing().zone().map(ZoneId::getId).orElse(null),
          schedule.timing().jitterSeconds(),
          schedule.enabled(),
          schedule.sourceGroups().stream().map(SourceGroupDetails::name).toList(),
          nextRuns);
    }
  }

  /** 200 with all of them, by name; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<ScheduleRepresentation> list(
      @PathParam("host") String host, @QueryParam("zone") @DefaultValue("") String zone) {
    HostDetails details = hosts.find(HostId.parse(host));
    return new PageRepresentation<>(
        schedules.of(details.id()).stream()
            .map(schedule -> represent(schedule, details, zone))
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
      @QueryParam("zone") @DefaultValue("") String zone) {
    HostDetails details = hosts.find(HostId.parse(host));
    return represent(schedules.find(details.id(), schedule), details, zone);
  }

  /**
   * 200: made, or replaced. May be repeated. 422 if it cannot be read or would never fire; 412 if
   * it is not as {@code If-Match} says.
   */
  @PUT
  @Path("/{schedule}")
  @RolesAllowed("operator")
  public ScheduleRepresentation put(
      @PathParam("host") String host,
      @PathParam("schedule") String schedule,
      @QueryParam("zone") @DefaultValue("") String zone,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch seen,
      ScheduleRepresentation body) {
    ScheduleRepresentation given = Body.require(body);
    ScheduleDetails put =
        schedules.put(
            HostId.parse(host),
            schedule,
            Timing.of(new Cron(given.cron()), given.zone(), given.jitterSeconds()),
            given.enabled() == null || given.enabled(),
            given.sourceGroups(),
            current -> seen.require(current.map(old -> ScheduleRepresentation.of(old, List.of()))));
    return represent(put, hosts.find(HostId.parse(host)), zone);
  }

  /** 204: it fires no more; jobs that it has queued stay. 404. */
  @DELETE
  @Path("/{schedule}")
  @RolesAllowed("operator")
  public void remove(@PathParam("host") String host, @PathParam("schedule") String schedule) {
    schedules.remove(HostId.parse(host), schedule);
  }

  /** The runs by the clock that counts, shown by the one that was asked for. */
  private ScheduleRepresentation represent(
      ScheduleDetails schedule, HostDetails host, String shownZone) {
    Optional<ZoneId> shown = Zones.optional(shownZone);
    ZoneId own =
        schedule.timing().clock(Optional.ofNullable(host.zone()).or(() -> shown).orElse(null));
    return ScheduleRepresentation.of(
        schedule,
        schedule.enabled()
            ? schedule.timing().cron().next(clock.instant().atZone(own), NEXT_RUNS).stream()
                .map(run -> run.withZoneSameInstant(shown.orElse(own)).toOffsetDateTime())
                .toList()
            : List.of());
  }
}
