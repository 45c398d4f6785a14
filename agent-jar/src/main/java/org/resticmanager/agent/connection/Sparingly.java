package org.resticmanager.agent.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Logs what repeats itself at most once a minute; what is new, at once. Thread-safe. */
final class Sparingly {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final System.Logger log;
  private final Clock clock;
  private String last = "";
  private Instant lastAt = Instant.EPOCH;

  Sparingly(System.Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized void warn(String message) {
    Instant now = clock.instant();
    if (!message.equals(last) || now.isAfter(lastAt.plus(PAUSE))) {
      last = message;
      lastAt = now;
      // as a parameter: braces in the message are not placeholders
      log.log(System.Logger.Level.WARNING, "{0}", message);
    }
  }

  /** All is well again: the next trouble is news. */
  synchronized void reset() {
    last = "";
  }
}
