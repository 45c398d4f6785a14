package org.resticmanager.source;

import java.time.Instant;

/**
 * Whether a host's agent has its schedules as they stand.
 *
 * @param version of our list: 0 if there never was a schedule
 * @param appliedVersion the newest that the agent has applied; null if none is known
 * @param appliedAt when it did; null likewise
 */
public record ScheduleState(long version, Long appliedVersion, Instant appliedAt) {

  static final ScheduleState NONE = new ScheduleState(0, null, null);

  /** Whether the agent's schedules lag behind ours. */
  public boolean drift() {
    return version > (appliedVersion == null ? 0 : appliedVersion);
  }
}
