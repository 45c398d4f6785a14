package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files to back up, and whether they came back as they were. */
final class SourceFiles {

  private static final int MEBIBYTE = 1 << 20;

  private static final List<String> ODD_NAMES =
      List.of(
          "plain.txt",
          " blanks around ",
          "two\nlines",
          "tab\there",
          "carriage\rreturn",
          "\u0001control\u001b[31m",
          "Zo\u00eb",
          "Zoe\u0308",
          "日本語",
          "עברית",
          "😀 👩‍👩‍👧",
          "it's \"quoted\" `too`",
          "-rf",
          "--exclude=*",
          "$(id) ${HOME} ; & | < >",
          "*?[a-z]{1,2}",
          "back\\slash",
          "#hash %41 +plus",
          ".hidden",
          "n".repeat(255));

  private SourceFiles() {}

  /**
   * Fills a folder with whatever a file system allows: odd names of files and folders, links, an
   * empty file, an empty folder, rights, old times, and a large file.
   */
  static void odd(Path folder, int largeMebibytes) {
    try {
      for (String name : ODD_NAMES) {
        write(folder.resolve(name), "the content of " + name);
        Path inner = Files.createDirectories(folder.resolve("folders").resolve(name));
        write(inner.resolve("file"), name);
      }
      Files.createFile(folder.resolve("empty file"));
      Files.createDirectory(folder.resolve("empty folder"));
      Files.createSymbolicLink(folder.resolve("link"), Path.of("plain.txt"));
      Files.createSymbolicLink(folder.resolve("dangling link"), Path.of("no\nwhere"));
      Files.createLink(folder.resolve("hard link"), folder.resolve("plain.txt"));
      write(folder.resolve("runs"), "#!/bin/sh\n");
      Files.setPosixFilePermissions(
          folder.resolve("runs"), PosixFilePermissions.fromString("rwxr-x--x"));
      write(folder.resolve("old"), "from before the epoch");
      Files.setLastModifiedTime(
          folder.resolve("old"), FileTime.from(Instant.parse("1969-07-20T20:17:40Z")));
      notUtf8(folder);
      large(folder.resolve("large"), largeMebibytes, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java cannot spell such a name, the shell can. */
  private static void notUtf8(Path folder) throws IOException {
    Path log = Files.createTempFile("shell", ".log");
    Program.Ended ended =
        Program.run(
            log,
            java.util.Map.of("FOLDER", folder.toString()),
            List.of("/bin/sh", "-c", "echo x >\"$FOLDER/$(printf 'caf\\351')\""));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    Files.delete(log);
  }

  private static void write(Path file, String content) throws IOException {
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A file that cannot be compressed; the same seed makes the same content. */
  static void large(Path file, int mebibytes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] block = new byte[MEBIBYTE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < mebibytes; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of a folder's content, itself included, as text. */
  static List<String> paths(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless both hold the same: names, kinds, rights, times, and every byte. */
  static void assertSame(Path expected, Path actual) {
    TreeMap<Path, Path> here = byRelativePath(expected);
    TreeMap<Path, Path> there = byRelativePath(actual);
    assertThat(there.keySet()).isEqualTo(here.keySet());
    here.forEach((name, file) -> assertSameFile(file, there.get(name)));
  }

  private static TreeMap<Path, Path> byRelativePath(Path folder) {
    TreeMap<Path, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.forEach(file -> files.put(folder.relativize(file), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void assertSameFile(Path expected, Path actual) {
    try {
      assertThat(facts(actual)).as(actual.toString()).isEqualTo(facts(expected));
      if (Files.isSymbolicLink(expected)) {
        assertThat(Files.readSymbolicLink(actual)).isEqualTo(Files.readSymbolicLink(expected));
      } else if (Files.isRegularFile(expected)) {
        assertThat(Files.mismatch(expected, actual)).as(actual + " differs at").isEqualTo(-1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Object> facts(Path file) throws IOException {
    var all =
        Files.readAttributes(file, "unix:mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    return List.of(
        all.get("mode"), all.get("lastModifiedTime"), folder ? "a folder" : all.get("size"));
  }
}
