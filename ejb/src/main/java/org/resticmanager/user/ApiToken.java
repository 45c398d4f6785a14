package org.resticmanager.user;

import java.time.Instant;

/**
 * A fresh API token.
 *
 * @param id by which it is revoked
 * @param text the secret, shown this once
 * @param expiresAt after this moment it is refused
 */
public record ApiToken(TokenId id, String text, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "ApiToken[" + id + ", expiresAt=" + expiresAt + "]";
  }
}
