package org.resticmanager.agent.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logs what repeats itself at most once a minute; what is new, at once. Thread-safe. */
final class Sparingly {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int REMEMBERED = 20;

  private final System.Logger log;
  private final Clock clock;
  private final Map<String, Instant> saidAt = new LinkedHashMap<>();

  Sparingly(System.Logger log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized void warn(String message) {
    Instant now = clock.instant();
    Instant before = saidAt.get(message);
    if (before == null || now.isAfter(before.plus(PAUSE))) {
      saidAt.remove(message);
      saidAt.put(message, now);
      if (saidAt.size() > REMEMBERED) {
        saidAt.remove(saidAt.keySet().iterator().next());
      }
      // as a parameter: braces in the message are not placeholders
      log.log(System.Logger.Level.WARNING, "{0}", message);
    }
  }

  /** All is well again: the next trouble is news. */
  synchronized void reset() {
    saidAt.clear();
  }
}
