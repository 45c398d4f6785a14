package org.resticmanager.web.live;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One page: has one message on its way at a time, and keeps no more than the newest for later. */
final class OpenPage {

  private static final Logger LOG = Logger.getLogger(OpenPage.class.getName());

  private static final String NOTHING = "";

  private static final CloseReason SIGN_IN_ENDED =
      new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "a sign-in has ended");

  private final Session session;
  private final String person;

  /** Null while nothing is on its way; else what is to follow it. */
  private final AtomicReference<String> next = new AtomicReference<>();

  OpenPage(Session session) {
    this.session = session;
    this.person = session.getUserPrincipal().getName();
  }

  boolean isOf(String name) {
    return person.equals(name);
  }

  /** Lets the page ask whether its sign-in is the one that has ended. */
  void close() {
    try {
      session.close(SIGN_IN_ENDED);
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "a page was gone already", e);
    }
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
