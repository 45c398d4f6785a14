package org.resticmanager.user;

import java.time.Duration;
import org.resticmanager.platform.Refusal;

/** Too many wrong tries have been made; the password was not looked at (HTTP 429). */
public class TooManyTries extends Refusal {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TooManyTries(Duration retryAfter) {
    super(
        "too-many-tries",
        "There were too many wrong tries. Try again in " + seconds(retryAfter) + " seconds.");
    this.retryAfter = retryAfter;
  }

  /** How long to wait, in whole seconds; at least one. */
  public long retryAfterSeconds() {
    return seconds(retryAfter);
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
