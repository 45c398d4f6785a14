package org.resticmanager.agent.connection;

import java.io.IOException;
import org.resticmanager.protocol.wire.ServerMessage;

/**
 * Does what one kind of message asks. It is called on the socket's thread and returns soon: what
 * takes longer than a write to the disk is handed on to another thread. One handler serves all
 * connections, one after the other.
 */
interface Handler<T extends ServerMessage> {

  /**
   * Takes a message.
   *
   * @throws IOException if what it asks cannot be stored; the server is told, the connection stays
   */
  void take(T message, Exchange exchange) throws IOException;
}
