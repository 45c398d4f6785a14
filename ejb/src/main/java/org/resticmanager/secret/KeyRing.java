package org.resticmanager.secret;

import java.util.Base64;
import java.util.List;

/** The keys: the first one closes envelopes, each opens those that it has closed. Immutable. */
final class KeyRing {

  static final int KEY_BYTES = 32;

  private final List<EnvelopeCipher> ciphers;
  private final String source;

  /**
   * @param keys at least one
   * @param source what they came from, for errors
   */
  KeyRing(List<byte[]> keys, String source) {
    if (keys.isEmpty()) {
      throw new IllegalStateException(source + " holds no key");
    }
    ciphers = keys.stream().map(EnvelopeCipher::new).toList();
    this.source = source;
  }

  /**
   * A key as people keep it.
   *
   * @throws IllegalStateException if it is none
   */
  static byte[] key(String base64, String source) {
    try {
      return checked(Base64.getDecoder().decode(base64.strip()), source);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(source + " does not hold a key in Base64", e);
    }
  }

  static byte[] checked(byte[] key, String source) {
    if (key.length != KEY_BYTES) {
      throw new IllegalStateException(source + " does not hold a key of 256 bits");
    }
    return key;
  }

  /** The names of the keys, the one that closes first. */
  List<String> ids() {
    return ciphers.stream().map(EnvelopeCipher::keyId).toList();
  }

  String source() {
    return source;
  }

  byte[] encrypt(byte[] plain, byte[] associated) {
    return ciphers.get(0).encrypt(plain, associated);
  }

  /** Whether it has the key for this envelope. */
  boolean opens(byte[] envelope) {
    return ids().contains(EnvelopeCipher.keyId(envelope));
  }

  /**
   * @throws UnreadableSecret if it cannot be opened
   */
  byte[] decrypt(byte[] envelope, byte[] associated) {
    String id = EnvelopeCipher.keyId(envelope);
    return ciphers.stream()
        .filter(cipher -> cipher.keyId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UnreadableSecret(
                    "it was closed with the key " + id + ", which is not in " + source, null))
        .decrypt(envelope, associated);
  }
}
