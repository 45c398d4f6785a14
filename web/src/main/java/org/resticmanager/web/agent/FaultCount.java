package org.resticmanager.web.agent;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts the frames of one socket that could not be understood. Used by the link's worker only, so
 * it needs no lock.
 */
final class FaultCount {

  /** Protocol, section 5. */
  private static final int TOO_MANY = 10;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private Instant windowStart = Instant.EPOCH;
  private int inWindow;
  private int malformedInWindow;

  /** What to do about a fault. */
  enum Verdict {
    LOG,
    STAY_QUIET,
    CLOSE
  }

  /**
   * Counts one: the first of a minute is logged, the tenth malformed one closes the socket.
   *
   * @param malformed false if it is only of a type that we do not know: a newer agent's, perhaps
   */
  Verdict add(boolean malformed, Instant now) {
    if (windowStart.plus(WINDOW).isBefore(now)) {
      windowStart = now;
      inWindow = 0;
      malformedInWindow = 0;
    }
    inWindow++;
    if (malformed && ++malformedInWindow >= TOO_MANY) {
      return Verdict.CLOSE;
    }
    return inWindow == 1 ? Verdict.LOG : Verdict.STAY_QUIET;
  }
}
