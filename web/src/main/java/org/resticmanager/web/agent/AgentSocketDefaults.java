package org.resticmanager.web.agent;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;

/**
 * A socket on which nothing is said is closed soon. That is the container's default and not set
 * when a socket opens: Tyrus gives each new session the default, and one of 0 as a task that is due
 * at once and closes the session if meanwhile another timeout is there (TyrusSession, up to 2.2.0).
 * On a busy machine a few in ten thousand connections ended like that.
 */
@WebListener
public class AgentSocketDefaults implements ServletContextListener {

  /** Protocol, section 2: hello within 10 s of the upgrade. */
  static final long HELLO_WITHIN_MILLIS = 10_000;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServerContainer sockets =
        (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
    sockets.setDefaultMaxSessionIdleTimeout(HELLO_WITHIN_MILLIS);
  }
}
