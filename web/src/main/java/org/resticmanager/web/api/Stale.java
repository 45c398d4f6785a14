package org.resticmanager.web.api;

import org.resticmanager.platform.Refusal;

/** Somebody else has changed it since the writer has read it (HTTP 412). */
public class Stale extends Refusal {

  private static final long serialVersionUID = 1L;

  Stale() {
    super(
        "stale",
        "Somebody has changed it since you have read it: read it again, then repeat your change.");
  }
}
