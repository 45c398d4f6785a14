package org.resticmanager.standalone;

import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Prints what the application logs to {@code org.resticmanager.console}, and nothing of it to the
 * log: it may be a one-time link. Public because the log manager creates it by name (see {@code
 * logging.properties}).
 */
public final class ConsoleHandler extends Handler {

  /** Called by the log manager. */
  public ConsoleHandler() {
    setFormatter(new SimpleFormatter());
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    try {
      Console.say(getFormatter().formatMessage(entry));
    } catch (RuntimeException e) {
      reportError(null, e, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {
    // each line is flushed
  }

  @Override
  public void close() {
    // standard output stays open
  }
}
