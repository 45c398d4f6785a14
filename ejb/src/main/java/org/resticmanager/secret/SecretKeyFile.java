package org.resticmanager.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys in a file outside the database that only its owner may read: a line each, 256 bits in
 * Base64, the newest first. Without it the stored secrets cannot be read again.
 */
final class SecretKeyFile implements KeySource {

  private static final String OWNER_ONLY = "rw-------";

  private final Path file;

  SecretKeyFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public String description() {
    return "the file " + file;
  }

  @Override
  public List<byte[]> keys() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      refuseIfOthersCanRead();
      List<byte[]> keys =
          Files.readString(file).lines().filter(line -> !line.isBlank()).map(this::key).toList();
      if (keys.isEmpty()) {
        throw new IllegalStateException(description() + " holds no key");
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret key " + file, e);
    }
  }

  private byte[] key(String line) {
    return KeyRing.key(line, description());
  }

  /** Makes the file with a key, unless there is one by now. */
  void create() {
    try {
      Files.createDirectories(file.getParent());
      Path whole = written(Stream.of(newKey()));
      try {
        // a link appears whole or not at all, and never over another node's key
        Files.createLink(file, whole);
      } catch (FileAlreadyExistsException e) {
        // another node was quicker: its key is the key
      } finally {
        Files.delete(whole);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the secret key " + file, e);
    }
  }

  /** Puts a new key before those that there are, which stay. */
  void add() {
    List<byte[]> known = keys();
    try {
      Path whole = written(Stream.concat(Stream.of(newKey()), known.stream()));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the secret key " + file, e);
    }
  }

  private static byte[] newKey() {
    byte[] key = new byte[KeyRing.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private Path written(Stream<byte[]> keys) throws IOException {
    Path whole = Files.createTempFile(file.getParent(), "secret", ".new", rights());
    Files.writeString(
        whole,
        keys.map(key -> Base64.getEncoder().encodeToString(key) + "\n")
            .collect(Collectors.joining()),
        StandardCharsets.US_ASCII,
        StandardOpenOption.DSYNC);
    return whole;
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
