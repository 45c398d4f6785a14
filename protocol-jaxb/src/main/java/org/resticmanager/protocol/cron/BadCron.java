package org.resticmanager.protocol.cron;

/** An expression that never fires, or that nobody understands; the message says why. */
public final class BadCron extends Exception {

  private static final long serialVersionUID = 1L;

  BadCron(String message) {
    super(message);
  }
}
