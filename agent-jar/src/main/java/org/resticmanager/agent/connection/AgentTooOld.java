package org.resticmanager.agent.connection;

/** The server does not talk with agents of this version any more; the message is the server's. */
public final class AgentTooOld extends Exception {

  private static final long serialVersionUID = 1L;

  AgentTooOld(String message) {
    super(message);
  }
}
