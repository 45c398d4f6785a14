package org.resticmanager.health;

import java.util.Arrays;
import java.util.Optional;

/** How well a host is protected; the worst first. */
public enum Health {
  /** Its backups fail, or have not come for long. */
  FAILING("failing"),
  /** A backup that was due is missing, or something keeps it from being all that it should be. */
  AT_RISK("at-risk"),
  /** There is nothing yet by which it could be judged. */
  UNKNOWN("unknown"),
  /** Every source group has been backed up since its schedules last fired. */
  PROTECTED("protected");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  /** As in REST, in addresses and in the database. */
  public String word() {
    return word;
  }

  /** The one of this word; empty if there is none. */
  public static Optional<Health> named(String word) {
    return Arrays.stream(values()).filter(health -> health.word.equals(word)).findFirst();
  }
}
