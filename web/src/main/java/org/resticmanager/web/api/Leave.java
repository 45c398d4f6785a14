package org.resticmanager.web.api;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The leave of a reader who was let in when they began to read on: asked for anew every few
 * seconds, and not for ever. One thread at a time.
 */
final class Leave {

  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final BooleanSupplier stillLetIn;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final long begun;
  private long lastAsked;
  private boolean letIn = true;

  /**
   * Of somebody who was let in just now.
   *
   * @param longest after that it is over
   * @param nanoTime as {@link System#nanoTime}
   */
  Leave(BooleanSupplier stillLetIn, Duration longest, LongSupplier nanoTime) {
    this.stillLetIn = stillLetIn;
    this.longest = longest;
    this.nanoTime = nanoTime;
    begun = nanoTime.getAsLong();
    lastAsked = begun;
  }

  /** Whether they may read on; asks no oftener than it must, so it may be called for each line. */
  boolean holds() {
    long now = nanoTime.getAsLong();
    if (letIn && now - lastAsked >= ASK_EVERY.toNanos()) {
      lastAsked = now;
      letIn = stillLetIn.getAsBoolean();
    }
    return letIn && now - begun <= longest.toNanos();
  }
}
