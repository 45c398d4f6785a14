package org.resticmanager.enrolment;

import java.time.Instant;

/**
 * A fresh enrolment token.
 *
 * @param text the secret, shown this once
 * @param expiresAt after this moment it is refused
 */
public record EnrolmentToken(String text, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "EnrolmentToken[expiresAt=" + expiresAt + "]";
  }
}
