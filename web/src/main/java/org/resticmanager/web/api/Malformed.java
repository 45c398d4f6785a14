package org.resticmanager.web.api;

import org.resticmanager.platform.Refusal;

/** The body is missing, or is not the JSON that is expected (HTTP 400). */
public class Malformed extends Refusal {

  private static final long serialVersionUID = 1L;

  /**
   * @param message for people
   */
  Malformed(String message) {
    super("malformed-body", message);
  }
}
