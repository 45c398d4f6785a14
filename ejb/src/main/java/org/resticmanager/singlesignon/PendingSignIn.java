package org.resticmanager.singlesignon;

import java.io.Serializable;
import java.time.Instant;

/**
 * A sign-in that is under way at the provider. Lies in the browser's web session, and nowhere else.
 *
 * @param state ties the answer to this browser
 * @param nonce ties the ID token to this sign-in
 * @param verifier shows that who brings the code is who asked for it (PKCE)
 * @param from the page that was wanted; empty if none was
 * @param begunAt an answer that comes too long after it is not taken
 */
public record PendingSignIn(
    String state, String nonce, String verifier, String from, Instant begunAt)
    implements Serializable {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "PendingSignIn[begunAt=" + begunAt + "]";
  }
}
