package org.resticmanager.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The few lines that people get to see. Everything else that this process prints, the server and
 * its libraries above all, goes to the server's log.
 */
final class Console {
  private static final PrintStream OUT = stream(FileDescriptor.out);
  private static final PrintStream ERR = stream(FileDescriptor.err);

  private Console() {}

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, Charset.defaultCharset());
  }

  /** Prints a line on standard output. */
  static void say(String line) {
    OUT.println(line);
  }

  /** Prints a line on standard error. */
  static void complain(String line) {
    ERR.println("restic-manager: " + line);
  }

  /** From now on {@code System.out} and {@code System.err} are written to the log, line by line. */
  static void divertStandardStreams() {
    System.setOut(
        new PrintStream(new LogLines("stdout", Level.INFO), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new LogLines("stderr", Level.WARNING), true, StandardCharsets.UTF_8));
  }

  /** Makes a log record of each line written to it. */
  private static final class LogLines extends OutputStream {
    private static final int LONGEST_LINE_BYTES = 8192;

    private final Logger logger;
    private final Level level;
    private final byte[] line = new byte[LONGEST_LINE_BYTES];
    private int length;

    LogLines(String loggerName, Level level) {
      this.logger = Logger.getLogger(loggerName);
      this.level = level;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n' || length == line.length) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
        length = 0;
        if (!text.isEmpty()) {
          logger.logp(level, null, null, text);
        }
      }
      if (b != '\n') {
        line[length++] = (byte) b;
      }
    }
  }
}
