package org.resticmanager.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Tells requests of our own pages from those that another site makes a browser send. Browsers name
 * the site of a request themselves ({@code Sec-Fetch-Site}, older ones {@code Origin}) and let no
 * script change that; programs name none, and carry nobody's cookie either.
 */
final class SameOrigin {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /** Whether a request that could change something comes from another site's page. */
  static boolean isForged(HttpServletRequest request) {
    if (READING.contains(request.getMethod()) || request.getHeader("Authorization") != null) {
      // a browser adds no bearer token by itself
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
