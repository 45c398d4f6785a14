package org.resticmanager.agent.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that only their owner may read, and writes of which a crash leaves the old or
 * the new content but never a part. Where the file system knows no POSIX rights (Windows) they are
 * those of the folder above.
 */
public final class PrivateFile {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFile() {}

  /**
   * Replaces the file's content; when this returns it is on the disk.
   *
   * @throws IOException if it could not be written; the old content is untouched then
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), ".new-", ".tmp", attributes(FILE));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(file.getParent());
  }

  /** Opens a file for appending and reading; a new one is created readable by its owner only. */
  public static FileChannel openForAppend(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        attributes(FILE));
  }

  /** Creates an empty file, or empties the one that is there; readable by its owner only. */
  public static void createEmpty(Path file) throws IOException {
    FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            attributes(FILE))
        .close();
  }

  /** Makes sure that the folder exists and that only its owner may enter. */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(folder, attributes(FOLDER));
      syncFolder(parent);
    } else if (POSIX && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
  }

  /** Makes the names in a folder durable, where the platform can. */
  public static void syncFolder(Path folder) throws IOException {
    if (!POSIX || folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (FileSystemException e) {
      // a parent that we may not read was not made by us: its names are not ours to keep
      return;
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> rights) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }
}
