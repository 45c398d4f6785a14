package org.resticmanager.health;

import java.time.Instant;

/**
 * What ended in an hour.
 *
 * @param from when it began
 * @param good jobs that succeeded
 * @param flagged jobs that succeeded and are to be looked at
 * @param failed jobs that failed
 */
public record Hour(Instant from, long good, long flagged, long failed) {

  /** How many ended. */
  public long all() {
    return good + flagged + failed;
  }
}
