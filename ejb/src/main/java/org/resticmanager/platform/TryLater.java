package org.resticmanager.platform;

import java.time.Duration;

/** The same may be done after a while (HTTP 429). */
public abstract class TryLater extends Refusal {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  protected TryLater(String code, String message, Duration retryAfter) {
    super(code, message);
    this.retryAfter = retryAfter;
  }

  /** How long to wait, in whole seconds; at least one. */
  public long retryAfterSeconds() {
    return seconds(retryAfter);
  }

  /** As in the header {@code Retry-After}. */
  public static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
