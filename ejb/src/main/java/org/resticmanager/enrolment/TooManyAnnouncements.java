package org.resticmanager.enrolment;

import org.resticmanager.platform.Refusal;

/** No more machines can announce themselves for now (HTTP 429). */
public class TooManyAnnouncements extends Refusal {

  private static final long serialVersionUID = 1L;

  TooManyAnnouncements(String message) {
    super("too-many-announcements", message);
  }
}
