package org.resticmanager.agent.connection;

import java.time.Duration;

/**
 * What silence on a connection means: a server need not say anything to an agent that has nothing
 * to do, so it is asked before it is given up. It is not asked with each heartbeat, which an idle
 * host would pay for with as much work again.
 */
final class SignOfLife {

  /** The server calls a host offline after this time without a frame; so do we with the server. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(90);

  /** An answer has at least so long. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(25);

  private SignOfLife() {}

  /** Whether the server is given up after this silence. */
  static boolean isMissing(Duration silence) {
    return silence.compareTo(DEAD_AFTER) > 0;
  }

  /**
   * Whether to ask now, because with the next heartbeat it would be too late.
   *
   * @param silence until now
   * @param untilNext how long until one can ask again
   */
  static boolean isDue(Duration silence, Duration untilNext) {
    return silence.plus(untilNext).compareTo(DEAD_AFTER.minus(TO_ANSWER)) > 0;
  }
}
