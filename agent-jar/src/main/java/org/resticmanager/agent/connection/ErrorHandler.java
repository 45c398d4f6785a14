package org.resticmanager.agent.connection;

import org.resticmanager.agent.config.Words;
import org.resticmanager.protocol.wire.WireError;

/** Passes on to the log what the server did not like. */
final class ErrorHandler implements Handler<WireError> {

  private static final String PROTOCOL_TOO_OLD = "protocol_too_old";

  @Override
  public void take(WireError error, Exchange exchange) {
    String message =
        Words.oneLine(error.message())
            + (error.helpUrl() == null ? "" : "; see " + Words.oneLine(error.helpUrl()));
    if (error.code().equals(PROTOCOL_TOO_OLD)) {
      exchange.dialect().refusesOurAge(message);
      return;
    }
    exchange.warn("the server says: " + Words.oneLine(error.code()) + ": " + message);
  }
}
