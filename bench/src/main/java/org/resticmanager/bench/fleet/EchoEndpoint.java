package org.resticmanager.bench.fleet;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** The least that a server can do with a connection. Runs in a server of its own. */
@ServerEndpoint("/ws/agent")
public final class EchoEndpoint {

  /** Sends it back. */
  @OnMessage
  public String received(String text) {
    return text;
  }
}
