package org.resticmanager.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Makes a data folder of what {@link Backup} has written. */
final class Restoration {

  private Restoration() {}

  /**
   * Makes it; the next start brings the database up to the backup's moment by itself.
   *
   * @param folder must be missing or empty, so that nothing is lost by it
   * @throws StartFailure if there is something in the folder, or the file is no backup
   */
  static void make(Path folder, Path file) {
    try {
      refuseUnlessEmpty(folder);
      Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
      DataFolder.delete(unfinished);
      Files.createDirectories(unfinished.getParent());
      Files.createDirectory(unfinished, DataFolder.OWNER_ONLY_FOLDER);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
          var tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
        unpack(tar, unfinished);
      }
      if (!Files.exists(unfinished.resolve("postgresql/password"))) {
        DataFolder.delete(unfinished);
        throw new StartFailure(file + " is no backup of restic-manager");
      }
      Files.deleteIfExists(folder);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException e) {
      throw new StartFailure("the backup was not restored: " + Reasons.rootOf(e), e);
    }
  }

  private static void refuseUnlessEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new StartFailure(
            "%s: %s is not empty; a backup is restored into an empty folder only"
                .formatted(StandaloneSettings.DATA_DIR, folder));
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path target = folder.resolve(entry.getName()).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException("leads out of the folder: " + entry.getName());
      }
      if (entry.isDirectory()) {
        if (!Files.isDirectory(target)) {
          Files.createDirectory(target, DataFolder.OWNER_ONLY_FOLDER);
        }
      } else {
        Files.createFile(target, DataFolder.OWNER_ONLY_FILE);
        try (OutputStream out = Files.newOutputStream(target)) {
          tar.transferTo(out);
        }
      }
    }
  }
}
