package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * Asks everything that runs under it to end. The first request wins, later ones change nothing; any
 * thread may ask.
 */
public final class Interruption {

  private volatile String reason;

  /** Ends the running restic, and every later one before it begins. Returns at once. */
  public synchronized void request(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Why to end; empty while nobody asked. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
