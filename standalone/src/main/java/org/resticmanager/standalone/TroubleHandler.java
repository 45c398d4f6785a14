package org.resticmanager.standalone;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Remembers the first error in the log: Payara Micro only logs why an application cannot be
 * deployed, and the person at the console shall see it. Public because the log manager creates it
 * by name (see {@code logging.properties}).
 */
public final class TroubleHandler extends Handler {
  private static final AtomicReference<String> FIRST = new AtomicReference<>();

  /** Called by the log manager. */
  public TroubleHandler() {
    setLevel(Level.SEVERE);
  }

  /** The reason of the first error, absent as long as there was none. */
  static Optional<String> first() {
    return Optional.ofNullable(FIRST.get());
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      String reason =
          entry.getThrown() == null
              ? String.valueOf(entry.getMessage())
              : Reasons.rootOf(entry.getThrown());
      FIRST.compareAndSet(null, reason.strip().lines().findFirst().orElse(""));
    }
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    // nothing to close
  }
}
