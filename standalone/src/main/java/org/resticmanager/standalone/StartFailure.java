package org.resticmanager.standalone;

/**
 * The control plane cannot start, for a reason that the person who starts it can act on. The
 * message is the one line that this person gets to see: it names the setting, file or port and what
 * is wrong with it, and holds no secret.
 */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
