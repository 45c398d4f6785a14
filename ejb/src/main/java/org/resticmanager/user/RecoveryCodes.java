package org.resticmanager.user;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;
import org.resticmanager.secret.Token;

/**
 * The codes that a person keeps on paper: 80 random bits each, so a plain hash of one is enough.
 */
final class RecoveryCodes {

  static final int COUNT = 10;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 10;

  private RecoveryCodes() {}

  /** As in {@code abcd-efgh-ijkl-mnop}. */
  static List<String> create() {
    return Stream.generate(RecoveryCodes::one).limit(COUNT).toList();
  }

  private static String one() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Base32()
        .encodeToString(bytes)
        .toLowerCase(Locale.ROOT)
        .replaceAll("(.{4})(?=.)", "$1-");
  }

  /** What is stored; it is the same however the code is written. */
  static byte[] hash(String code) {
    return Token.presented(code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "")).hash();
  }
}
