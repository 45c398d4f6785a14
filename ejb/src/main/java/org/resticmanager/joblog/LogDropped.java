package org.resticmanager.joblog;

import java.time.Instant;
import org.resticmanager.platform.Refusal;

/** The log was there and was dropped, because of its age or to make room (HTTP 410). */
public class LogDropped extends Refusal {

  private static final long serialVersionUID = 1L;

  LogDropped(Instant at) {
    super("log-dropped", "The log of this job was dropped on " + at + " to make room.");
  }
}
