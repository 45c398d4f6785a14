package org.resticmanager.user;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies a person. */
public record UserId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static UserId parse(String text) {
    return new UserId(Ids.parse(text, "person"));
  }

  /** As in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
