package org.resticmanager.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.NotFound;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.Snapshots;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Retention;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** What retentions would do, before they do it. */
@Stateless
@PermitAll
public class RetentionPreviews {

  private static final Duration FORGET_EVERY = Duration.ofDays(1);

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
    return new RetentionPreview(
        asked,
        selection,
        RetentionAdvice.of(
            asked,
            group.name(),
            selection,
            cadence(host, group),
            FORGET_EVERY,
            clock.instant().atZone(ZoneOffset.UTC)));
  }

  private List<Cron> cadence(HostId host, SourceGroupDetails group) {
    return schedules.of(host).stream()
        .filter(ScheduleDetails::enabled)
        .filter(
            schedule -> schedule.sourceGroups().stream().anyMatch(g -> g.id().equals(group.id())))
        .map(schedule -> schedule.timing().cron())
        .toList();
  }
}
