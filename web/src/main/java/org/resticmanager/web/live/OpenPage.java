package org.resticmanager.web.live;

import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.util.concurrent.atomic.AtomicReference;

/** One page: has one message on its way at a time, and keeps no more than the newest for later. */
final class OpenPage {

  private static final String NOTHING = "";

  private final Session session;

  /** Null while nothing is on its way; else what is to follow it. */
  private final AtomicReference<String> next = new AtomicReference<>();

  OpenPage(Session session) {
    this.session = session;
  }

  /** Returns at once; any thread. */
  void tell(String message) {
    String before = next.getAndUpdate(waiting -> waiting == null ? NOTHING : message);
    if (before == null) {
      send(message);
    }
  }

  private void send(String message) {
    session.getAsyncRemote().sendText(message, this::sent);
  }

  private void sent(SendResult result) {
    String waiting = next.getAndUpdate(message -> message.isEmpty() ? null : NOTHING);
    if (!waiting.isEmpty() && result.isOK()) {
      send(waiting);
    }
  }
}
