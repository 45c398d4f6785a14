package org.resticmanager.user;

import java.time.Instant;

/**
 * The fresh token of a program's sign-in.
 *
 * @param text the secret, shown this once
 * @param expiresAt after this moment it is refused
 */
public record SignInToken(String text, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "SignInToken[expiresAt=" + expiresAt + "]";
  }
}
