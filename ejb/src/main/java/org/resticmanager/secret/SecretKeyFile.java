package org.resticmanager.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The key that opens the envelopes: 256 bits, Base64, in a file outside the database that only its
 * owner may read. Made on the first start; without it the stored secrets cannot be read again.
 */
final class SecretKeyFile {

  private static final int KEY_BYTES = 32;
  private static final String OWNER_ONLY = "rw-------";

  private final Path file;

  SecretKeyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the key, making it if there is none.
   *
   * @throws IllegalStateException if others can read the file or it holds no key
   */
  byte[] readOrCreate() {
    try {
      create();
      refuseIfOthersCanRead();
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length != KEY_BYTES) {
        throw new IllegalStateException(file + " does not hold a key of 256 bits");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + " does not hold a key in Base64", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the secret key " + file, e);
    }
  }

  private void create() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path whole =
        Files.createTempFile(file.toAbsolutePath().getParent(), "secret", ".new", rights());
    try {
      Files.writeString(
          whole,
          Base64.getEncoder().encodeToString(key) + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.DSYNC);
      // a link appears whole or not at all, and never over another node's key
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      // another node was quicker: its key is the key
    } finally {
      Files.delete(whole);
    }
  }

  private FileAttribute<?>[] rights() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        }
        : new FileAttribute<?>[0];
  }

  private void refuseIfOthersCanRead() throws IOException {
    if (!isPosix()) {
      return;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    if (rights.contains(PosixFilePermission.GROUP_READ)
        || rights.contains(PosixFilePermission.OTHERS_READ)) {
      throw new IllegalStateException(
          "others can read the secret key " + file + ": chmod 600 it, then start again");
    }
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
