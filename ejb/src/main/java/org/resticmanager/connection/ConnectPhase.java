package org.resticmanager.connection;

import jakarta.interceptor.Interceptor;

/** The order of what the server says on a new connection (protocol, section 3). */
public final class ConnectPhase {

  /** Whether the agent may stay: it is parted with before it hears a secret. */
  public static final int ACCESS = Interceptor.Priority.APPLICATION - 100;

  /** {@code config.update} for each slot that has credentials. */
  public static final int CONFIG = Interceptor.Priority.APPLICATION;

  /** {@code schedule.set}, always. */
  public static final int SCHEDULE = CONFIG + 100;

  /**
   * {@code command.cancel} for each job that somebody wants ended, after it was settled what became
   * of those that were with the agent; then {@code init} if the repository was never initialised,
   * or whatever is queued.
   */
  public static final int JOBS = CONFIG + 300;

  /** {@code token.update}, if the agent is to have another token. */
  public static final int TOKEN = CONFIG + 400;

  private ConnectPhase() {}
}
