package org.resticmanager.user;

/**
 * What an authenticator app needs to make a person's codes, shown this once.
 *
 * @param secret in base 32, to type in
 * @param uri the same for a picture ({@code otpauth:})
 */
public record SecondFactorSecret(String secret, String uri) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "SecondFactorSecret[…]";
  }
}
