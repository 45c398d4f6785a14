package org.resticmanager.agent.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.resticmanager.protocol.announcement.AnnouncedKey;

/**
 * The Ed25519 key by which this machine announces itself. It lies in the data folder, readable by
 * its owner only, until the machine is enrolled: an announcement that is interrupted goes on with
 * the same fingerprint.
 */
public final class AnnouncementKey {

  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final AnnouncedKey publicKey;

  private AnnouncementKey(PrivateKey privateKey, AnnouncedKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * The key that is there, or a new one.
   *
   * @throws ConfigProblem if it cannot be read or written
   */
  public static AnnouncementKey of(DataFolder folder) {
    Path file = folder.announcementKey();
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      return make(file);
    } catch (IOException e) {
      throw new ConfigProblem("cannot read " + file + " (" + Words.of(e) + ")", e);
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // the cause is left out on purpose: it may quote the key
      throw new ConfigProblem(file + " is damaged; delete it to get another key");
    }
  }

  /** Java does not tell the public half of a private key, so both are there, a line each. */
  private static AnnouncementKey read(Path file) throws IOException, GeneralSecurityException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    byte[] encoded = Base64.getDecoder().decode(lines.get(0));
    return new AnnouncementKey(
        KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)),
        AnnouncedKey.parse(lines.get(1)));
  }

  private static AnnouncementKey make(Path file) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      AnnouncementKey key =
          new AnnouncementKey(pair.getPrivate(), AnnouncedKey.of(pair.getPublic()));
      String text =
          Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
              + "\n"
              + key.publicKey().base64()
              + "\n";
      PrivateFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new ConfigProblem("cannot write " + file + " (" + Words.of(e) + ")", e);
    }
  }

  /** The half that everybody may know. */
  public AnnouncedKey publicKey() {
    return publicKey;
  }

  /** Base64 of the signature of this text. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It has served its purpose. */
  public static void forget(DataFolder folder) throws IOException {
    Files.deleteIfExists(folder.announcementKey());
  }
}
