package org.resticmanager.bench.agent;

import java.time.Duration;

/**
 * What something took.
 *
 * @param wall by the clock
 * @param cpu of all processes that took part, user's and system's
 */
record Cost(Duration wall, Duration cpu) {

  static final Cost NONE = new Cost(Duration.ZERO, Duration.ZERO);

  Cost plus(Cost other) {
    return new Cost(wall.plus(other.wall), cpu.plus(other.cpu));
  }

  Cost dividedBy(int count) {
    return new Cost(wall.dividedBy(count), cpu.dividedBy(count));
  }
}
