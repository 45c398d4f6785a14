package org.resticmanager.standalone;

import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * One line per record, with the text of messages that the server logs as mere keys. Public because
 * the log manager creates it by name (see {@code logging.properties}).
 */
public final class ServerLogFormatter extends SimpleFormatter {

  /** Called by the log manager. */
  public ServerLogFormatter() {}

  @Override
  public String formatMessage(LogRecord entry) {
    if (entry.getResourceBundle() == null && entry.getLoggerName() != null) {
      Logger logger = LogManager.getLogManager().getLogger(entry.getLoggerName());
      if (logger != null) {
        entry.setResourceBundle(logger.getResourceBundle());
      }
    }
    return super.formatMessage(entry);
  }
}
