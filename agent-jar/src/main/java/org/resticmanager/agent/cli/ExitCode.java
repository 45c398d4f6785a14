package org.resticmanager.agent.cli;

/** What the agent's process ends with. */
final class ExitCode {

  static final int OK = 0;

  /** Something else went wrong; stderr says what. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The server does not answer, or somebody else does. */
  static final int NOT_REACHABLE = 3;

  /** The server refused the enrolment. */
  static final int REFUSED = 4;

  /** Not enrolled yet, or enrolled already. */
  static final int ENROLMENT = 5;

  /** Another process runs on this data folder. */
  static final int RUNNING = 6;

  /** The server does not talk with agents of this version any more. */
  static final int TOO_OLD = 7;

  private ExitCode() {}
}
