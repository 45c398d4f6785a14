package org.resticmanager.protocol.wire;

import java.util.List;

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
}
