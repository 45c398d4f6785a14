package org.resticmanager.source;

import java.time.Duration;
import org.resticmanager.platform.Invalid;

/**
 * How often a failed backup is tried again, and after which pauses. A lock that another restic
 * holds is no failure, and what cannot get better by itself is not tried again.
 *
 * @param max attempts after the first, from 0 to 100
 * @param backoffSeconds the pause before the second attempt, from 1 s to 6 h; each further pause is
 *     twice as long, up to 6 h
 */
public record RetryRule(int max, int backoffSeconds) {

  /** What holds unless somebody decides otherwise. */
  public static final RetryRule DEFAULT = new RetryRule(2, 300);

  private static final int MOST = 100;
  private static final int LONGEST_SECONDS = 6 * 60 * 60;

  /**
   * @throws Invalid if a number is out of its range
   */
  public RetryRule {
    if (max < 0 || max > MOST) {
      throw new Invalid("retryMax", "must be from 0 to " + MOST);
    }
    if (backoffSeconds < 1 || backoffSeconds > LONGEST_SECONDS) {
      throw new Invalid("retryBackoffSeconds", "must be from 1 to " + LONGEST_SECONDS);
    }
  }

  /** The rule that holds if these were given; null means the default. */
  public static RetryRule of(Integer max, Integer backoffSeconds) {
    return new RetryRule(
        max == null ? DEFAULT.max : max,
        backoffSeconds == null ? DEFAULT.backoffSeconds : backoffSeconds);
  }

  /**
   * How long to wait after a failure.
   *
   * @param failures how many attempts have failed, at least 1
   */
  public Duration pause(int failures) {
    // more doublings than these are beyond the longest pause whatever the first was
    long doubled = (long) backoffSeconds << Math.min(failures - 1, 15);
    return Duration.ofSeconds(Math.min(doubled, LONGEST_SECONDS));
  }
}
