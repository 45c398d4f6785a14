package org.resticmanager.user;

import java.time.Duration;
import org.resticmanager.platform.TryLater;

/** Too many wrong tries have been made; the password was not looked at (HTTP 429). */
public class TooManyTries extends TryLater {

  private static final long serialVersionUID = 1L;

  TooManyTries(Duration retryAfter) {
    super(
        "too-many-tries",
        "There were too many wrong tries. Try again in " + seconds(retryAfter) + " seconds.",
        retryAfter);
  }
}
