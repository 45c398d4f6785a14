package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * Asks what runs for one job to end, or to be left alone. The first request to end wins, later ones
 * change nothing; any thread may ask.
 */
public final class Interruption {

  private volatile String reason;
  private volatile boolean leaving;

  /** Ends the running restic, and every later one before it begins. Returns at once. */
  public synchronized void request(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Leaves the running restic to the next agent, and begins no other. Returns at once. */
  public void leave() {
    leaving = true;
  }

  /** Why to end; empty while nobody asked. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  boolean leaving() {
    return leaving;
  }
}
