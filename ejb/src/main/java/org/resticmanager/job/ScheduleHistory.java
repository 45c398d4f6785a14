package org.resticmanager.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the schedules of a host have fired.
 *
 * @param since when each began to fire at the moments that it does now
 * @param runs in the order of their moments
 */
public record ScheduleHistory(Map<UUID, Instant> since, List<ScheduleRun> runs) {

  public ScheduleHistory {
    since = Map.copyOf(since);
    runs = List.copyOf(runs);
  }
}
