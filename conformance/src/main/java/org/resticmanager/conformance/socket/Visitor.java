package org.resticmanager.conformance.socket;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who asked for an upgrade.
 *
 * @param authorization the header as it came; secret
 * @param socket the WebSocket; empty if we turned the visitor away
 * @param at when the request came
 */
public record Visitor(Optional<String> authorization, Optional<WireSocket> socket, Instant at) {

  /** Without the header, which holds the token. */
  @Override
  public String toString() {
    return "Visitor[at=" + at + "]";
  }
}
