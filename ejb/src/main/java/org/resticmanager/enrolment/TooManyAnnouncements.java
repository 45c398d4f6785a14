package org.resticmanager.enrolment;

import java.time.Duration;
import org.resticmanager.platform.TryLater;

/** No more machines can announce themselves for now (HTTP 429). */
public class TooManyAnnouncements extends TryLater {

  private static final long serialVersionUID = 1L;

  TooManyAnnouncements(String message, Duration retryAfter) {
    super("too-many-announcements", message, retryAfter);
  }
}
