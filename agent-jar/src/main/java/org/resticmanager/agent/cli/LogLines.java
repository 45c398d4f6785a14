package org.resticmanager.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** One line on stdout per event; stack traces only if somebody asked for details. */
public final class LogLines extends Formatter {

  private static final String OURS = "org.resticmanager";

  /** Kept so that the level that we gave it is not forgotten with it. */
  private static Logger ours;

  private final boolean details;

  private LogLines(boolean details) {
    this.details = details;
  }

  static void toStdout(boolean details) {
    System.setProperty("java.util.logging.manager", Manager.class.getName());
    Handler handler = new FlushingHandler(new LogLines(details));
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    for (Handler inherited : root.getHandlers()) {
      root.removeHandler(inherited);
    }
    root.addHandler(handler);
    // what the WebSocket library calls severe is a lost connection, of which we tell ourselves
    root.setLevel(details ? Level.INFO : Level.OFF);
    ours = Logger.getLogger(OURS);
    ours.setLevel(details ? Level.FINE : Level.INFO);
  }

  @Override
  public String format(LogRecord event) {
    Instant at = event.getInstant().truncatedTo(ChronoUnit.SECONDS);
    String line = at + " " + word(event.getLevel()) + " " + formatMessage(event) + "\n";
    return details && event.getThrown() != null ? line + trace(event.getThrown()) : line;
  }

  private static String word(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    return level.intValue() >= Level.WARNING.intValue() ? "WARN " : "INFO ";
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /**
   * The platform's own would throw the handlers away the moment that the process is told to end.
   */
  public static final class Manager extends LogManager {

    @Override
    public void reset() {
      // what we say while we stop is to be read too
    }
  }

  private static final class FlushingHandler extends StreamHandler {

    FlushingHandler(Formatter formatter) {
      super(System.out, formatter);
    }

    @Override
    public synchronized void publish(LogRecord event) {
      super.publish(event);
      flush();
    }
  }
}
