package org.resticmanager.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with one key. An envelope is: format (1 byte), key id (4 bytes, the beginning of the
 * key's SHA-256), nonce (12 bytes), ciphertext with its tag (16 bytes).
 */
final class EnvelopeCipher {

  private static final byte FORMAT = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;
  private final byte[] keyId;

  EnvelopeCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.keyId = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), KEY_ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of its key: eight hexadecimal digits that give nothing of it away. */
  String keyId() {
    return HexFormat.of().formatHex(keyId);
  }

  /**
   * The name of the key that an envelope was closed with.
   *
   * @throws UnreadableSecret if it is no envelope
   */
  static String keyId(byte[] envelope) {
    requireKnown(envelope);
    return HexFormat.of().formatHex(envelope, 1, 1 + KEY_ID_BYTES);
  }

  byte[] encrypt(byte[] plain, byte[] associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
      return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
          .put(FORMAT)
          .put(keyId)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws UnreadableSecret if it was made with another key, for another row, or altered
   */
  byte[] decrypt(byte[] envelope, byte[] associated) {
    requireKnown(envelope);
    byte[] nonce = Arrays.copyOfRange(envelope, 1 + KEY_ID_BYTES, HEADER_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, associated)
          .doFinal(envelope, HEADER_BYTES, envelope.length - HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new UnreadableSecret("it was altered or lies in another row than it was made for", e);
    }
  }

  private static void requireKnown(byte[] envelope) {
    if (envelope.length < HEADER_BYTES || envelope[0] != FORMAT) {
      throw new UnreadableSecret("it is no envelope of a format known to this version", null);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
