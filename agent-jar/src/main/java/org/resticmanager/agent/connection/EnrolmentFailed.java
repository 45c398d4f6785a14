package org.resticmanager.agent.connection;

/** This agent could not be enrolled; the message says why and what to do, in one line. */
public final class EnrolmentFailed extends Exception {

  private static final long serialVersionUID = 1L;

  /** What was in the way. */
  public enum Obstacle {
    /** Nobody answers at the address; the token is still good. */
    NOT_REACHABLE,
    /** The control plane says no; mostly the token is wrong, used or expired. */
    REFUSED,
    /** Somebody else answers at the address. */
    NOT_A_CONTROL_PLANE
  }

  private final Obstacle obstacle;

  EnrolmentFailed(Obstacle obstacle, String message) {
    super(message);
    this.obstacle = obstacle;
  }

  /** What was in the way. */
  public Obstacle obstacle() {
    return obstacle;
  }
}
