package org.resticmanager.user;

import java.time.Instant;

/**
 * A fresh set-up link of a person.
 *
 * @param person whom it is for
 * @param link the address to hand to them, shown this once
 * @param expiresAt after this moment it is refused
 */
public record Invitation(PersonDetails person, String link, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "Invitation[" + person.name() + ", expiresAt=" + expiresAt + "]";
  }
}
