package org.resticmanager.conformance.cli;

/** What the process ends with. */
final class ExitCode {

  /** Nothing was broken. */
  static final int OK = 0;

  /** Something was. */
  static final int BROKEN = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  private ExitCode() {}
}
