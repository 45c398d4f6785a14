package org.resticmanager.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.resticmanager.platform.ControlPlaneSettings;

/**
 * Whether what comes in is encrypted on its way from the browser, be it up to us or up to a proxy:
 * then its cookies never go another way.
 */
@ApplicationScoped
public class Encryption {

  @Inject private ControlPlaneSettings controlPlane;
  @Inject private WebSettings settings;

  /** Whether people and agents are to come by TLS: {@code restic-manager.url} says so. */
  boolean promised() {
    return controlPlane.url().regionMatches(true, 0, "https:", 0, "https:".length());
  }

  /** Whether a request came by TLS, or should have. */
  public boolean of(HttpServletRequest request) {
    return promised() || request.isSecure() || endsBefore(request);
  }

  /** Whether a request came by TLS up to a proxy that is trusted, and from there without. */
  boolean endsBefore(HttpServletRequest request) {
    return "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
        && settings.trustedProxies().include(request.getRemoteAddr());
  }
}
