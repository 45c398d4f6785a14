package org.resticmanager.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.maintenance.RetentionPreview.About;
import org.resticmanager.platform.NotFound;
import org.resticmanager.snapshot.ExampleHistory;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.Retention;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;
import org.resticmanager.source.Timing;

/** What retentions would do, before they do it. */
@Stateless
@PermitAll
public class RetentionPreviews {

  private static final Duration FORGET_EVERY = Duration.ofDays(1);

  @Inject private Hosts hosts;
  @Inject private SourceGroups sourceGroups;
  @Inject private Schedules schedules;
  @Inject private Snapshots snapshots;
  @Inject private Clock clock;

  /**
   * What a retention would do to the snapshots of a source group as they are known to us. Nothing
   * is changed, and no agent is asked.
   *
   * @param retention empty for the one that the source group has
   * @throws NotFound if there is no such host or source group
   */
  @RolesAllowed("viewer")
  public RetentionPreview of(HostId host, String sourceGroup, Optional<Retention> retention) {
    SourceGroupDetails group = sourceGroups.find(host, sourceGroup);
    Retention asked = retention.orElse(group.plan().retention());
    Selection selection = snapshots.select(host, group.name(), asked);
    return preview(asked, About.KNOWN, group.name(), selection, timings(host, group.name()));
  }

  /**
   * What a retention would do to the snapshots that a source group would have after two years: by
   * its enabled schedules, or a backup every night if it has none.
   *
   * @param sourceGroup its name; it need not exist yet
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public RetentionPreview example(HostId host, String sourceGroup, Retention retention) {
    ZoneId zone = hosts.find(host).zone();
    List<Timing> timings = timings(host, sourceGroup);
    return preview(
        retention,
        timings.isEmpty() ? About.EXAMPLE_OF_NIGHTS : About.EXAMPLE_OF_SCHEDULES,
        sourceGroup,
        ExampleHistory.select(retention, sourceGroup, timings, zone, clock.instant()),
        timings);
  }

  private RetentionPreview preview(
      Retention retention,
      About about,
      String sourceGroup,
      Selection selection,
      List<Timing> timings) {
    return new RetentionPreview(
        retention,
        about,
        selection,
        RetentionAdvice.of(
            retention,
            sourceGroup,
            selection,
            timings.stream().map(Timing::cron).toList(),
            FORGET_EVERY,
            clock.instant().atZone(ZoneOffset.UTC)));
  }

  private List<Timing> timings(HostId host, String sourceGroup) {
    return schedules.of(host).stream()
        .filter(ScheduleDetails::enabled)
        .filter(
            schedule ->
                schedule.sourceGroups().stream()
                    .anyMatch(group -> group.name().equals(sourceGroup)))
        .map(ScheduleDetails::timing)
        .toList();
  }
}
