package org.resticmanager.job;

/**
 * restic's exit codes that mean something of their own (restic's manual, "Exit status codes").
 * Agents report them for older versions too, which end with 1.
 */
public final class ExitCode {

  /** A backup was made, but some files could not be read. */
  public static final int UNREADABLE_FILES = 3;

  public static final int NO_REPOSITORY = 10;
  public static final int LOCKED = 11;
  public static final int WRONG_PASSWORD = 12;

  /** By SIGINT, as a cancel does. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
