package org.resticmanager.agent.job;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The restics to test with: those that {@code restic.binaries} lists, else the oldest and the
 * newest of the project's own tools (all of them with {@code restic.all}), else the one on PATH.
 */
final class RealRestic {

  private RealRestic() {}

  static Stream<Path> all() {
    List<Path> found =
        Stream.of(listed(), tools(), onPath())
            .filter(paths -> !paths.isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "no restic to test with: put one under .tools/restic/VERSION/restic, or on"
                            + " PATH, or list it in the system property restic.binaries"));
    return Boolean.getBoolean("restic.all")
        ? found.stream()
        : Stream.of(found.get(0), found.get(found.size() - 1)).distinct();
  }

  /** For what takes long, and is tried with the others by {@code restic.all}. */
  static Stream<Path> newestOrAll() {
    return Boolean.getBoolean("restic.all") ? all() : Stream.of(newest());
  }

  static Path newest() {
    return all().reduce((first, second) -> second).orElseThrow();
  }

  private static List<Path> listed() {
    String property = System.getProperty("restic.binaries", System.getenv("RESTIC_BINARIES"));
    return property == null || property.isBlank()
        ? List.of()
        : split(property).map(Path::of).toList();
  }

  private static List<Path> tools() {
    Path folder = Path.of(System.getProperty("restic.tools", "../.tools/restic"));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .map(version -> version.resolve("restic").toAbsolutePath().normalize())
          .filter(Files::isExecutable)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> onPath() {
    return split(System.getenv("PATH"))
        .map(folder -> Path.of(folder, "restic"))
        .filter(Files::isExecutable)
        .limit(1)
        .toList();
  }

  private static Stream<String> split(String list) {
    return Pattern.compile("[," + Pattern.quote(File.pathSeparator) + "]").splitAsStream(list);
  }
}
