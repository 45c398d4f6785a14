package org.resticmanager.web.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where a page listens while somebody looks at it: it hears {@code changed}, and nothing else of
 * what goes on. The upgrade has let in only people who are signed in; where a sign-in of somebody
 * ends, all their sockets are closed, and a page that is still let in comes back. A socket and not
 * an event stream, of which a browser keeps six for one server: the seventh page would wait for
 * ever.
 */
@ApplicationScoped
@ServerEndpoint("/live")
public class LiveEndpoint {

  private static final Logger LOG = Logger.getLogger(LiveEndpoint.class.getName());

  /** A page says that it is there every 20 s. */
  private static final long IDLE_LIMIT_MILLIS = 60_000;

  private static final int LONGEST_MESSAGE = 16;
  private static final String STILL_HERE = ".";

  @Inject private OpenPages pages;

  /** A page listens from now on. */
  @OnOpen
  public void opened(Session session) {
    session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
    pages.add(session);
  }

  /** The page says that it is there, and wants to know whether we are. */
  @OnMessage
  public void received(Session session, String message) {
    if (session.getMaxIdleTimeout() != IDLE_LIMIT_MILLIS) {
      session.setMaxIdleTimeout(IDLE_LIMIT_MILLIS);
    }
    pages.tell(session, STILL_HERE);
  }

  /** Somebody has left the page. */
  @OnClose
  public void closed(Session session) {
    pages.remove(session);
  }

  /** Networks fail; the page comes back by itself. */
  @OnError
  public void failed(Session session, Throwable failure) {
    LOG.log(Level.FINE, "socket of a page", failure);
  }
}
