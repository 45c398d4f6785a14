package org.resticmanager.connection;

import jakarta.interceptor.Interceptor;

/** The order of what the server says on a new connection (protocol, section 3). */
public final class ConnectPhase {

  /** {@code config.update} for each slot that has credentials. */
  public static final int CONFIG = Interceptor.Priority.APPLICATION;

  /** {@code schedule.set}, always. */
  public static final int SCHEDULE = CONFIG + 100;

  /** What became of the jobs that were with the agent. */
  public static final int RECONCILE = CONFIG + 200;

  /** {@code command.cancel} for each job that somebody wants ended. */
  public static final int CANCEL = CONFIG + 250;

  /** {@code init} if the repository was never initialised, then whatever is queued. */
  public static final int DISPATCH = CONFIG + 300;

  private ConnectPhase() {}
}
