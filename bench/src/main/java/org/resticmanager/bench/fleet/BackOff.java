package org.resticmanager.bench.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long our agent waits before it tries again: as docs/agent.md says, from nothing to a limit
 * that doubles from a second to 50 s with each failure. For one thread.
 */
final class BackOff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(50);
  private static final int MOST_DOUBLINGS = 6;

  private final RandomGenerator random;
  private int failures;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** The connection held for a while. */
  void reset() {
    failures = 0;
  }

  Duration afterFailure() {
    Duration limit = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    Duration capped = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    return Duration.ofNanos(random.nextLong(capped.toNanos()));
  }
}
