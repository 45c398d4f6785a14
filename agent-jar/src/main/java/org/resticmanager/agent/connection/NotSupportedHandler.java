package org.resticmanager.agent.connection;

import org.resticmanager.protocol.wire.ServerMessage;

/**
 * Refuses what belongs to an extension that this agent does not name in its hello.
 *
 * @param type the message's name on the wire
 */
record NotSupportedHandler<T extends ServerMessage>(String type) implements Handler<T> {

  @Override
  public void take(T message, Exchange exchange) {
    exchange.refuse("not_supported", "this agent does not do what " + type + " asks");
  }
}
