package org.resticmanager.secret;

/** A stored secret cannot be opened; says why, never what. */
public class UnreadableSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableSecret(String reason, Throwable cause) {
    super("a stored secret cannot be read: " + reason, cause);
  }
}
