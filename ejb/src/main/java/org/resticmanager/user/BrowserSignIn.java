package org.resticmanager.user;

import java.util.Optional;

/**
 * A fresh sign-in of a browser.
 *
 * @param id for its web session
 * @param cookie by which a node that has not its web session knows it; ends with the sign-in
 * @param device for a cookie that outlives the sign-in: it lets nobody in, but guesses by others do
 *     not make the person wait where it is shown; empty for who has no password here
 */
public record BrowserSignIn(SignInId id, String cookie, Optional<String> device) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "BrowserSignIn[" + id + "]";
  }
}
