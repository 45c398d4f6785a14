package org.resticmanager.agent.restic;

/** A question to restic got no answer; the message says why, in words for people. */
public final class QueryFailed extends Exception {

  private static final long serialVersionUID = 1L;

  QueryFailed(String message) {
    super(message);
  }
}
