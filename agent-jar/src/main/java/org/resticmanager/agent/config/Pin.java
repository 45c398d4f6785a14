package org.resticmanager.agent.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The public key by which the control plane must show itself, in the form {@code sha256/BASE64}
 * that curl has too: the digest of the key as it stands in a certificate.
 *
 * @param text as a person gives it
 */
public record Pin(String text) {

  private static final String PREFIX = "sha256/";
  private static final int DIGEST_BYTES = 32;

  /**
   * @throws ConfigProblem if it is none
   */
  public Pin {
    if (!wellFormed(text)) {
      throw new ConfigProblem(
          "a pin must be sha256/ and the Base64 of 32 bytes, not '" + text + "'");
    }
  }

  private static boolean wellFormed(String text) {
    try {
      return text.startsWith(PREFIX)
          && Base64.getDecoder().decode(text.substring(PREFIX.length())).length == DIGEST_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The pin that fits a certificate. */
  public static Pin of(X509Certificate certificate) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
      return new Pin(PREFIX + Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
