package org.resticmanager.savedview;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies a saved view. */
public record SavedViewId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static SavedViewId parse(String text) {
    return new SavedViewId(Ids.parse(text, "saved-view"));
  }

  /** As in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
