package org.resticmanager.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Tells requests of our own pages from those that another site makes a browser send. Browsers name
 * the site of a request themselves ({@code Sec-Fetch-Site}, older ones {@code Origin}) and let no
 * script change that; programs name none, and carry nobody's cookie either.
 */
public final class SameOrigin {

  /**
   * Where an identity provider calls by itself. It may name whatever origin it likes: what it says
   * counts by its signature, and no cookie of anybody is looked at.
   */
  public static final String BACK_CHANNEL = "/single-sign-on/back-channel-logout";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /** Whether a request that could change something comes from another site's page. */
  static boolean isForged(HttpServletRequest request) {
    if (request.getServletPath().equals(BACK_CHANNEL)) {
      return false;
    }
    if (READING.contains(request.getMethod()) || BearerToken.of(request).isPresent()) {
      // a password for a proxy, which a browser does add by itself, would not do
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OWN.contains(site);
    }
    String origin = request.getHeader("Origin");
    return origin != null && !names(origin, request.getHeader("Host"));
  }

  private static boolean names(String origin, String host) {
    int scheme = origin.indexOf("://");
    return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }
}
