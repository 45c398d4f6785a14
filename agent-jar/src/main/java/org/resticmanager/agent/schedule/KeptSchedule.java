package org.resticmanager.agent.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it is kept on disk.
 *
 * @param id the schedule
 * @param cron its expression
 * @param zone in which it is meant; empty for the host's own
 * @param enabled whether it fires
 * @param after what is due after this moment has not fired yet
 * @param lastFired the moment of its newest fire
 */
record KeptSchedule(
    String id,
    String cron,
    String zone,
    boolean enabled,
    Instant after,
    Optional<Instant> lastFired) {

  KeptSchedule fired(Instant scheduledAt) {
    return new KeptSchedule(id, cron, zone, enabled, scheduledAt, Optional.of(scheduledAt));
  }

  KeptSchedule countingFrom(Instant moment) {
    return new KeptSchedule(id, cron, zone, enabled, moment, lastFired);
  }

  /** Whether it asks for the same as another one did. */
  boolean asks(KeptSchedule other) {
    return cron.equals(other.cron) && zone.equals(other.zone) && enabled == other.enabled;
  }
}
