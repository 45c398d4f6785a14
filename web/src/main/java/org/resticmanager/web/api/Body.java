package org.resticmanager.web.api;

import org.resticmanager.platform.Invalid;

/** What holds for every request's body. */
final class Body {

  private Body() {}

  /**
   * @throws Invalid if there is none
   */
  static <T> T require(T body) {
    if (body == null) {
      throw new Invalid("body", "must not be empty");
    }
    return body;
  }
}
