package org.resticmanager.enrolment;

import java.time.Instant;
import java.util.UUID;

/**
 * A fresh enrolment token.
 *
 * @param id by which it can be found again, and revoked
 * @param text the secret, shown this once
 * @param expiresAt after this moment it is refused
 */
public record EnrolmentToken(UUID id, String text, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "EnrolmentToken[id=" + id + ", expiresAt=" + expiresAt + "]";
  }
}
