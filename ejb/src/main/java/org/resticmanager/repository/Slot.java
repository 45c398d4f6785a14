package org.resticmanager.repository;

import java.util.Arrays;
import java.util.Locale;
import org.resticmanager.platform.NotFound;

/** Which of a repository's credentials. */
public enum Slot {
  /** For everyday use: it need not have the right to delete. */
  REPO,
  /** With the right to delete, for prune and unlock. */
  ADMIN;

  /**
   * The slot that a caller names.
   *
   * @throws NotFound if there is no such slot
   */
  public static Slot named(String name) {
    return Arrays.stream(values())
        .filter(slot -> slot.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> new NotFound("slot", name));
  }

  /** The name on the wire, in REST and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
