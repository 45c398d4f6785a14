package org.resticmanager.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * The container makes the session's cookie, and behind a proxy does not know by itself that it must
 * never go unencrypted.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

  @Inject private Encryption encryption;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (encryption.promised()) {
      event.getServletContext().getSessionCookieConfig().setSecure(true);
    }
  }
}
