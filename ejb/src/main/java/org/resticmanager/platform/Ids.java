package org.resticmanager.platform;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Makes identifiers: UUIDs of version 7, which sort by the time of their making. */
public final class Ids {

  private Ids() {}

  /** A new identifier; any thread. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /**
   * Reads an identifier that came from outside.
   *
   * @param what names the thing in the refusal, as in "host"
   * @throws NotFound if the text is no UUID: nothing can have that identifier
   */
  public static UUID parse(String text, String what) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NotFound(what, text);
    }
  }
}
