package org.resticmanager.protocol.wire;

import java.util.Set;

/** What may stand in an envelope's payload: a message of the agent, of the server, or of both. */
public sealed interface Message permits AgentMessage, ServerMessage {

  /**
   * The extensions ({@link Feature}) that the other side must have named before this message may be
   * sent to it; empty for what belongs to the base protocol.
   */
  default Set<String> requires() {
    return Set.of();
  }
}
