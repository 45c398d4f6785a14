package org.resticmanager.agent.restic;

/** There is no restic to run; the message says where we looked and what to do. */
public final class ResticMissing extends Exception {

  private static final long serialVersionUID = 1L;

  ResticMissing(String message) {
    super(message);
  }
}
