package org.resticmanager.protocol.wire;

import java.util.List;
import java.util.Set;

/**
 * The full list of a host's schedules; replaces what the agent had. A version not above the applied
 * one is acknowledged and not applied again.
 *
 * @param version grows with every edit
 * @param schedules all of them; empty disables every local cron entry
 */
public record ScheduleSet(long version, List<Schedule> schedules) implements ServerMessage {

  public ScheduleSet {
    Require.notNegative(version, "version");
    schedules = Require.listOrEmpty(schedules);
  }

  @Override
  public Set<String> requires() {
    return schedules.stream().allMatch(schedule -> schedule.zone().isEmpty())
        ? Set.of()
        : Set.of(Feature.SCHEDULE_ZONE);
  }
}
