package org.resticmanager.web.api;

import org.resticmanager.platform.Refusal;

/** As many read as this node can serve at once (HTTP 503): the same request may succeed later. */
public class TooManyReaders extends Refusal {

  private static final long serialVersionUID = 1L;

  TooManyReaders(String setting, int limit) {
    super(
        "too-many-readers",
        "As many read as is allowed at once (" + limit + ", " + setting + "): try again later.");
  }
}
