package org.resticmanager.user;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies an API token; it is no secret. */
public record TokenId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static TokenId parse(String text) {
    return new TokenId(Ids.parse(text, "api-token"));
  }

  /** As in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
