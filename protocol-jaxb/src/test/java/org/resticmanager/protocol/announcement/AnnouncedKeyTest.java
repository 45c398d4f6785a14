package org.resticmanager.protocol.announcement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedKeyTest {

  private static KeyPair newPair() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private static byte[] sign(KeyPair pair, String text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(text.getBytes(UTF_8));
    return signature.sign();
  }

  /** Of a key made by OpenSSH, whose fingerprint OpenSSH has told. */
  @Test
  void fingerprintIsTheOneThatOpenSshGives() {
    byte[] blob =
        Base64.getDecoder()
            .decode("AAAAC3NzaC1lZDI1NTE5AAAAIOluFuMcJhWiejslJozkKDGSpkNefjfdvOkHVnufECLY");
    AnnouncedKey key =
        AnnouncedKey.ofBytes(Arrays.copyOfRange(blob, blob.length - 32, blob.length));

    assertThat(key.fingerprint()).isEqualTo("SHA256:LUof6Vk+H3VEWtTXZ1TCIwWJzJSnO2gveAERMSbQw3M");
  }

  @Test
  void onlyTheHolderOfThePrivateHalfCanSign() throws GeneralSecurityException {
    KeyPair pair = newPair();
    AnnouncedKey key = AnnouncedKey.parse(AnnouncedKey.of(pair.getPublic()).base64());
    byte[] signature = sign(pair, "text");

    assertThat(key.hasSigned("text", signature)).isTrue();
    assertThat(key.hasSigned("texts", signature)).isFalse();
    assertThat(key.hasSigned("text", new byte[0])).isFalse();
    assertThat(key.hasSigned("text", sign(newPair(), "text"))).isFalse();
    signature[40] ^= 1;
    assertThat(key.hasSigned("text", signature)).isFalse();
  }

  @Test
  void bytesThatAreNoKeyVerifyNothing() throws GeneralSecurityException {
    byte[] noPoint = new byte[32];
    Arrays.fill(noPoint, (byte) 0xff);
    assertThat(AnnouncedKey.ofBytes(noPoint).hasSigned("text", sign(newPair(), "text"))).isFalse();
    assertThatThrownBy(() -> AnnouncedKey.parse("AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AnnouncedKey.parse("no base64"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Zeros sign about every fourth text for the key of zeros. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void keyForWhichAnybodyCouldSignIsRefused(String hex) {
    assertThatThrownBy(() -> AnnouncedKey.ofBytes(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyOfAnotherKindIsRefused() throws GeneralSecurityException {
    KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    assertThatThrownBy(() -> AnnouncedKey.of(other.getPublic()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
