package org.resticmanager.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder that holds everything which is kept, in the hands of this process: no second one can
 * open it before {@link #close()} or the end of the process.
 *
 * <pre>
 * lock          held while a restic-manager runs on this folder
 * log/          of the server and of the database
 * postgresql/   the embedded database
 * runtime/      the server's working files, made anew at every start
 * </pre>
 */
final class DataFolder implements AutoCloseable {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the folder if it is missing, and takes it.
   *
   * @throws StartFailure if it cannot be created or written, or another restic-manager runs on it
   */
  static DataFolder open(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(path, OWNER_ONLY_FOLDER);
      }
      Path real = path.toRealPath();
      return new DataFolder(real, lock(real));
    } catch (IOException e) {
      throw new StartFailure(
          "%s: cannot write to the folder %s: %s"
              .formatted(StandaloneSettings.DATA_DIR, path, Reasons.of(e)),
          e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OWNER_ONLY_FILE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      String holder = Files.readString(file).strip();
      throw new StartFailure(
          "%s: another restic-manager%s runs on %s"
              .formatted(
                  StandaloneSettings.DATA_DIR,
                  holder.isEmpty() ? "" : " (process " + holder + ")",
                  folder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  /** Whether a restic-manager runs on this folder. */
  static boolean isTaken(Path path) {
    Path file = path.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null; // and if not, closing gives it back
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder's absolute path, symbolic links resolved. */
  Path path() {
    return path;
  }

  /** A folder in it that only its owner can enter, created if it is missing. */
  Path subfolder(String name) {
    Path folder = path.resolve(name);
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, OWNER_ONLY_FOLDER);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Like {@link #subfolder}, and empty. */
  Path freshSubfolder(String name) {
    delete(path.resolve(name));
    return subfolder(name);
  }

  /**
   * Deletes a file, or a folder with all that is in it; symbolic links are not followed. Does
   * nothing if it is missing.
   */
  static void delete(Path fileOrFolder) {
    if (!Files.exists(fileOrFolder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          fileOrFolder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
