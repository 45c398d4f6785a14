package org.resticmanager.connection;

import org.resticmanager.protocol.wire.WireError;

/** What an agent is told that loses a host's connection to another, or does not get it. */
final class Replaced {

  /** The agent must not come back at once: it would only take the connection back. */
  static final String CODE = "replaced";

  private Replaced() {}

  static void tellOfOtherNode(AgentConnection loser) {
    loser.send(
        new WireError(
            CODE,
            "An agent with this host's token is connected to another node. A token belongs to one"
                + " agent; do not come back at once.",
            null));
    loser.close(AgentConnection.CLOSE_REPLACED, "another node has the host's connection");
  }

  static void tell(AgentConnection loser, Machine winner) {
    loser.send(
        new WireError(
            CODE,
            "Another agent is connected with this host's token: it runs on "
                + winner.inWords()
                + ". A token belongs to one agent; do not come back at once.",
            null));
    loser.close(AgentConnection.CLOSE_REPLACED, "another agent of this host has the connection");
  }
}
