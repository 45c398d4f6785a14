package org.resticmanager.system;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An authenticator app, made from RFC 6238 alone: it must agree with ours.
 *
 * @param secret in base 32
 */
record Authenticator(String secret) {

  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final int SIX_DIGITS = 1_000_000;

  String code(Instant moment) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key(), "HmacSHA1"));
      long step = moment.getEpochSecond() / STEP_SECONDS;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format("%06d", number % SIX_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Still good, and leaves that of this moment unused. */
  String previousCode() {
    return code(Instant.now().minusSeconds(STEP_SECONDS));
  }

  private byte[] key() {
    ByteBuffer bytes = ByteBuffer.allocate(secret.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    for (char letter : secret.toCharArray()) {
      buffer = buffer << 5 | BASE_32.indexOf(letter);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
      }
    }
    return bytes.array();
  }
}
