package org.resticmanager.user;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * The one-time codes of a secret, as every authenticator app makes them (RFC 6238: SHA-1, six
 * digits, 30 seconds).
 *
 * @param secret in base 32, as people type it into an app
 */
record OneTimeCodes(String secret) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base32 BASE_32 = new Base32();

  /** As long as the hash, as RFC 4226 wants it. */
  private static final int SECRET_BYTES = 20;

  private static final Duration STEP = Duration.ofSeconds(30);

  /** A clock may be wrong, and typing takes a while. */
  private static final int STEPS_AROUND = 1;

  static OneTimeCodes create() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return new OneTimeCodes(BASE_32.encodeToString(bytes));
  }

  /** The step for which this code is good at this moment; empty if it is not. */
  OptionalLong step(String code, Instant now) {
    long current = now.getEpochSecond() / STEP.toSeconds();
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    return LongStream.rangeClosed(current - STEPS_AROUND, current + STEPS_AROUND)
        .filter(step -> MessageDigest.isEqual(given, bytes(step)))
        .max();
  }

  private byte[] bytes(long step) {
    return code(Instant.ofEpochSecond(step * STEP.toSeconds())).getBytes(StandardCharsets.UTF_8);
  }

  /** The code of a moment. */
  String code(Instant moment) {
    try {
      return new TimeBasedOneTimePasswordGenerator(STEP)
          .generateOneTimePasswordString(
              new SecretKeySpec(BASE_32.decode(secret), "HmacSHA1"), moment);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the app reads from the picture. */
  String uri(String name) {
    String label = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/restic-manager:"
        + label
        + "?secret="
        + secret
        + "&issuer=restic-manager&algorithm=SHA1&digits=6&period="
        + STEP.toSeconds();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OneTimeCodes[…]";
  }
}
