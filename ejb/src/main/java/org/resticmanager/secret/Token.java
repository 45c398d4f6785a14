package org.resticmanager.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token: 256 random bits behind a prefix that tells its kind. Only the hash is ever stored; the
 * text is shown once to whom it is given.
 */
public final class Token {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /**
   * A new token.
   *
   * @param prefix tells people and secret scanners what they found, as in {@code rma}
   */
  public static Token create(String prefix) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Token(prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A token that somebody presents. */
  public static Token presented(String text) {
    return new Token(text);
  }

  /** The secret text. */
  public String text() {
    return text;
  }

  /** What is stored. 256 random bits need no salt and no slow hash. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Token[…]";
  }
}
