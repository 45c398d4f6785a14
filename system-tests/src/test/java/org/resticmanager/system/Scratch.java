package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder of its own for one part of the system. Closing it kills every process that works in it
 * or names it, and deletes it; so does the end of this JVM.
 *
 * <p>It lies where every user of the machine may enter, because some agents run as another user.
 */
final class Scratch implements AutoCloseable {

  private static final Set<Scratch> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Scratch::killAll)));
  }

  private final Path folder;

  /**
   * A new empty one.
   *
   * @param name shows in paths, and so in pictures of pages
   */
  Scratch(String name) {
    try {
      Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
      folder = Files.createDirectory(parent.resolve(name + "-" + Secrets.random().substring(0, 6)));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      OPEN.add(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** A new empty folder in it. */
  Path newFolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every log file in it. */
  private List<Path> logs() {
    return Processes.files(folder, "*.log");
  }

  /** Every log file of all that is not closed yet. */
  static List<Path> allLogs() {
    return OPEN.stream().flatMap(scratch -> scratch.logs().stream()).sorted().toList();
  }

  private void killAll() {
    Processes.killAll(folder);
  }

  @Override
  public void close() {
    killAll();
    logs().forEach(FailureReport::remember);
    OPEN.remove(this);
    delete(folder);
  }

  /** Deletes a folder with all that is in it, whatever rights it has. */
  static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!Files.isWritable(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
