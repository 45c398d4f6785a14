package org.resticmanager.protocol.announcement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * The public half of the Ed25519 key of a machine that announces itself. On the wire it is the
 * Base64 of its 32 bytes.
 */
public final class AnnouncedKey {

  private static final int BYTES = 32;
  private static final byte[] SSH_NAME = "ssh-ed25519".getBytes(US_ASCII);

  /** What comes before the 32 bytes in X.509's form of such a key (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /**
   * The points of small order, in every form in which they can be written but for the sign: with
   * one of them as the key, a signature can be found without any private half.
   */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "00" + "00".repeat(31),
          "01" + "00".repeat(31),
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ec" + "ff".repeat(30) + "7f",
          "ed" + "ff".repeat(30) + "7f",
          "ee" + "ff".repeat(30) + "7f");

  private final byte[] raw;

  private AnnouncedKey(byte[] raw) {
    this.raw = raw;
  }

  /**
   * Reads what came over the wire.
   *
   * @throws IllegalArgumentException if it is no such key
   */
  public static AnnouncedKey parse(String base64) {
    return ofBytes(Base64.getDecoder().decode(base64));
  }

  /**
   * The key with these 32 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer, or anybody could sign for it
   */
  public static AnnouncedKey ofBytes(byte[] raw) {
    if (raw.length != BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has " + BYTES + " bytes");
    }
    byte[] withoutSign = raw.clone();
    withoutSign[BYTES - 1] &= 0x7f;
    if (SMALL_ORDER.contains(HexFormat.of().formatHex(withoutSign))) {
      throw new IllegalArgumentException("anybody could sign for this key");
    }
    return new AnnouncedKey(raw.clone());
  }

  /**
   * The key of a pair.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  public static AnnouncedKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != X509_PREFIX.length + BYTES
        || !Arrays.equals(X509_PREFIX, Arrays.copyOf(encoded, X509_PREFIX.length))) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    return ofBytes(Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
  }

  /** Its 32 bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  /** As on the wire. */
  public String base64() {
    return Base64.getEncoder().encodeToString(raw);
  }

  /** What people compare, in the form that {@code ssh-keygen -l} gives a key. */
  public String fingerprint() {
    ByteBuffer blob = ByteBuffer.allocate(Integer.BYTES + SSH_NAME.length + Integer.BYTES + BYTES);
    blob.putInt(SSH_NAME.length).put(SSH_NAME).putInt(BYTES).put(raw);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob.array());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the holder of this key's private half has signed this text. */
  public boolean hasSigned(String text, byte[] signature) {
    try {
      byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
      System.arraycopy(raw, 0, encoded, X509_PREFIX.length, BYTES);
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(text.getBytes(UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // no point of the curve, or no signature at all
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AnnouncedKey key && Arrays.equals(raw, key.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** Its fingerprint. */
  @Override
  public String toString() {
    return fingerprint();
  }
}
