package org.resticmanager.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeCipherTest {

  private static final byte[] ROW = "column:row-1".getBytes(UTF_8);
  private static final byte[] SECRET = "correct horse".getBytes(UTF_8);

  private final EnvelopeCipher cipher = new EnvelopeCipher(key(1));

  @Test
  void whatWasClosedOpensAgain() {
    assertThat(cipher.decrypt(cipher.encrypt(SECRET, ROW), ROW)).isEqualTo(SECRET);
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    assertThat(cipher.encrypt(SECRET, ROW)).isNotEqualTo(cipher.encrypt(SECRET, ROW));
  }

  @Test
  void anEnvelopeMovedToAnotherRowStaysShut() {
    byte[] envelope = cipher.encrypt(SECRET, ROW);

    assertThatThrownBy(() -> cipher.decrypt(envelope, "column:row-2".getBytes(UTF_8)))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("another row");
  }

  @Test
  void anAlteredEnvelopeStaysShut() {
    byte[] envelope = cipher.encrypt(SECRET, ROW);
    envelope[envelope.length - 1] ^= 1;

    assertThatThrownBy(() -> cipher.decrypt(envelope, ROW)).isInstanceOf(UnreadableSecret.class);
  }

  @Test
  void anotherKeyIsNamedAsTheReason() {
    byte[] envelope = new EnvelopeCipher(key(2)).encrypt(SECRET, ROW);

    KeyRing ring = new KeyRing(List.of(key(1)), "the file secret.key");
    assertThatThrownBy(() -> ring.decrypt(envelope, ROW))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining(new EnvelopeCipher(key(2)).keyId())
        .hasMessageContaining("the file secret.key");
  }

  @Test
  void somethingElseIsNoEnvelope() {
    assertThatThrownBy(() -> cipher.decrypt(new byte[3], ROW)).isInstanceOf(UnreadableSecret.class);
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
