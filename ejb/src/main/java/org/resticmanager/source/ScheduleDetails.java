package org.resticmanager.source;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.resticmanager.audit.Facts;

/**
 * A schedule.
 *
 * @param id the schedule
 * @param name unique on its host
 * @param timing when it fires
 * @param enabled whether it fires at all
 * @param sourceGroups what is backed up then, at least one; by name
 */
public record ScheduleDetails(
    UUID id, String name, Timing timing, boolean enabled, List<SourceGroupDetails> sourceGroups) {

  public ScheduleDetails {
    sourceGroups =
        sourceGroups.stream().sorted(Comparator.comparing(SourceGroupDetails::name)).toList();
  }

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("cron", timing.cron().expression())
        .and("zone", timing.zone())
        .and("jitterSeconds", timing.jitterSeconds())
        .and("enabled", enabled)
        .and("sourceGroups", sourceGroups.stream().map(SourceGroupDetails::name).toList());
  }
}
