package org.resticmanager.agent.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule has fired.
 *
 * @param scheduleId the schedule
 * @param scheduledAt the moment that its expression named
 * @param sentAt when it was last said to a control plane; empty if never
 */
public record Fire(String scheduleId, Instant scheduledAt, Optional<Instant> sentAt) {

  boolean sameAs(Fire other) {
    return scheduleId.equals(other.scheduleId) && scheduledAt.equals(other.scheduledAt);
  }
}
