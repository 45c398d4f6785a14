package org.resticmanager.bench.dispatch.least;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one connection. */
@ServerEndpoint("/orders")
public class LeastSocket {

  private static volatile Session newest;

  /** Whoever came last is told. */
  @OnOpen
  public void opened(Session session) {
    newest = session;
  }

  static void send() {
    try {
      newest.getBasicRemote().sendText("{\"type\":\"command.run\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
