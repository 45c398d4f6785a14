package org.resticmanager.container;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Listens to what this process has the database do, on whatever connection, until it is closed. It
 * hears what PostgreSQL's driver tells its log of the messages that it sends.
 */
public final class Statements implements AutoCloseable {

  private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
  private static final String EXECUTED = "FE=> Execute(";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Level before = DRIVER.getLevel();
  private final Handler ear = new Ear();

  public Statements() {
    ear.setLevel(Level.ALL);
    DRIVER.setLevel(Level.FINEST);
    DRIVER.setUseParentHandlers(false);
    DRIVER.addHandler(ear);
  }

  /** How many were executed, beginnings and ends of transactions too. */
  public int count() {
    return (int) told.stream().filter(line -> line.contains(EXECUTED)).count();
  }

  /** What the driver told, for who looks for the one that is too much. */
  @Override
  public String toString() {
    return String.join("\n", told);
  }

  @Override
  public void close() {
    DRIVER.removeHandler(ear);
    DRIVER.setUseParentHandlers(true);
    DRIVER.setLevel(before);
  }

  private final class Ear extends Handler {

    private final Formatter words = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      told.add(words.formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
