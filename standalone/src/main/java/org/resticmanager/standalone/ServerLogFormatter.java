package org.resticmanager.standalone;

import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * One line per record, with the text of messages that the server logs as mere keys. What follows
 * below it, as a stack does, is indented: only a record begins a line at its first column, whatever
 * the text of others is in it. Public because the log manager creates it by name (see {@code
 * logging.properties}).
 */
public final class ServerLogFormatter extends SimpleFormatter {

  private static final char CONTROL_PICTURES = '\u2400';
  private static final char DELETE = 0x7F;
  private static final char PICTURE_OF_DELETE = '\u2421';
  private static final char REPLACEMENT = '\uFFFD';

  /** Called by the log manager. */
  public ServerLogFormatter() {}

  @Override
  public String format(LogRecord entry) {
    return asOneEntry(super.format(entry));
  }

  static String asOneEntry(String formatted) {
    String lines = formatted.replace("\r\n", "\n").stripTrailing();
    StringBuilder entry = new StringBuilder(lines.length() + 100);
    for (int i = 0; i < lines.length(); i++) {
      char character = lines.charAt(i);
      if (character == '\n') {
        entry.append(System.lineSeparator());
        if (i + 1 < lines.length() && lines.charAt(i + 1) != '\t') {
          entry.append('\t');
        }
      } else {
        entry.append(visible(character));
      }
    }
    return entry.append(System.lineSeparator()).toString();
  }

  private static char visible(char character) {
    if (character < ' ' && character != '\t') {
      return (char) (CONTROL_PICTURES + character);
    }
    if (character == DELETE) {
      return PICTURE_OF_DELETE;
    }
    boolean endsLine = character == '\u2028' || character == '\u2029';
    return endsLine || (character > DELETE && character < 0xA0) ? REPLACEMENT : character;
  }

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
