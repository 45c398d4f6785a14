package org.resticmanager.user;

import java.util.Objects;
import java.util.Optional;

/**
 * With what somebody wants to come in.
 *
 * @param name empty if none was given; what is too long for a name is cut off
 * @param password empty if none was given
 * @param totp a one-time code or a recovery code; empty if none was given
 * @param origin where they are
 * @param device the token that a {@link BrowserSignIn} gave their browser; empty if it shows none
 */
public record Credentials(
    String name, String password, String totp, Origin origin, Optional<String> device) {

  private static final int MOST = 200;

  public Credentials {
    String given = Objects.requireNonNullElse(name, "").strip().replace('\0', '\uFFFD');
    name = given.substring(0, Math.min(given.length(), MOST));
    password = Objects.requireNonNullElse(password, "");
    totp = Objects.requireNonNullElse(totp, "").strip();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Credentials[" + name + "]";
  }
}
