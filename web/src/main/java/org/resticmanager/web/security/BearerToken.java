package org.resticmanager.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The token that a program sends with a request. No browser adds one by itself. */
final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** The token of a request, whoever's it is; empty if there is none. */
  static Optional<String> of(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
