package org.resticmanager.standalone;

import java.util.Locale;
import java.util.logging.Formatter;

/** How the server's log is written. */
enum LogFormat {
  /** For people. */
  TEXT(ServerLogFormatter.class),
  /** For programs: an object in each line. */
  JSON(JsonLogFormatter.class);

  private final Class<? extends Formatter> formatter;

  LogFormat(Class<? extends Formatter> formatter) {
    this.formatter = formatter;
  }

  /** The class that the log manager creates by name. */
  Class<? extends Formatter> formatter() {
    return formatter;
  }

  static LogFormat named(String name) {
    for (LogFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name.strip())) {
        return format;
      }
    }
    throw new IllegalArgumentException("\"" + name + "\" is neither text nor json");
  }
}
