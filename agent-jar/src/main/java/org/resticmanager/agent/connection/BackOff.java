package org.resticmanager.agent.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try to connect: exponential with full jitter, so that a fleet
 * that lost its server does not come back as one. For one thread.
 */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Duration longest;
  private final Duration restartSpread;
  private final RandomGenerator random;
  private int failures;

  BackOff(Duration longest, Duration restartSpread, RandomGenerator random) {
    this.longest = longest;
    this.restartSpread = restartSpread;
    this.random = random;
  }

  /** The connection worked for a while: begin again with short pauses. */
  void reset() {
    failures = 0;
  }

  /** After a failure: from 0 to a limit that doubles from 1 s each time. */
  Duration afterFailure() {
    // beyond 2^20 s it is the longest anyway, and shifting further would overflow
    Duration limit = FIRST.multipliedBy(1L << Math.min(failures, 20));
    failures++;
    return between(limit.compareTo(longest) < 0 ? limit : longest);
  }

  /** After the server said that it goes away: the whole fleet has heard it at once. */
  Duration afterRestart() {
    failures = 0;
    return between(restartSpread);
  }

  /**
   * After the server could not have us, or did not like what we sent: as after a failure, but never
   * at once, because we would only say the same again.
   */
  Duration afterThrownOut() {
    Duration pause = afterFailure();
    Duration shortest = FIRST.compareTo(longest) < 0 ? FIRST : longest;
    return pause.compareTo(shortest) < 0 ? shortest : pause;
  }

  /**
   * After another agent took our place: coming back at once would only throw it out again, and two
   * that were thrown out together must not come back together.
   */
  Duration afterReplacement() {
    return longest.plus(between(longest.dividedBy(2)));
  }

  private Duration between(Duration limit) {
    return limit.isZero() ? limit : Duration.ofMillis(random.nextLong(limit.toMillis() + 1));
  }
}
