package org.resticmanager.secret;

import org.resticmanager.platform.Refusal;

/** A stored secret cannot be opened; says why, never what. */
public class UnreadableSecret extends Refusal {

  private static final long serialVersionUID = 1L;

  UnreadableSecret(String reason, Throwable cause) {
    super("unreadable-secret", "A stored secret cannot be read: " + reason + ".");
    initCause(cause);
  }
}
