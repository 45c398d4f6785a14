package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes of this machine, as {@code ps} sees them. */
final class Processes {

  private static final Path PROC = Path.of("/proc");
  private static final Duration KILL_LIMIT = Duration.ofSeconds(20);

  private Processes() {}

  /** All command lines, arguments separated by blanks. */
  static List<String> commandLines() {
    return all().stream().flatMap(process -> commandLine(process).stream()).toList();
  }

  /** The command lines of those in whose environment this text stands. */
  static List<String> withInEnvironment(String text) {
    return all().stream()
        .filter(process -> environment(process).contains(text))
        .flatMap(process -> commandLine(process).stream())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String environment(ProcessHandle process) {
    try {
      return new String(
          Files.readAllBytes(PROC.resolve(process.pid() + "/environ")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** The files in this folder, in any depth, in which one of these texts stands. */
  static List<Path> filesWith(Path folder, List<String> texts) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, texts)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(Path file, List<String> texts) {
    try {
      // every byte as a character of its own: what is sought is plain ASCII
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      return texts.stream().anyMatch(content::contains);
    } catch (NoSuchFileException e) {
      return false; // a database removes files while it works
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The processes that work in this folder or name it on their command line, in any depth. */
  static List<ProcessHandle> of(Path folder) {
    return all().stream()
        .filter(process -> worksIn(process, folder) || names(process, folder))
        .toList();
  }

  /** Whether it is a PostgreSQL, or one of the processes that this has started. */
  static boolean isDatabase(ProcessHandle process) {
    return commandLine(process)
        .filter(line -> line.startsWith("postgres: ") || line.contains("/bin/postgres "))
        .isPresent();
  }

  /** Kills whatever has to do with this folder; returns when all are gone. */
  static void killAll(Path folder) {
    killAll(folder, process -> true);
  }

  /** As {@link #killAll(Path)}, of the processes that are meant. */
  static void killAll(Path folder, Predicate<ProcessHandle> meant) {
    List<ProcessHandle> killed = new ArrayList<>();
    // again and again: one may have been about to start another
    await()
        .atMost(KILL_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              List<ProcessHandle> found = of(folder).stream().filter(meant).toList();
              found.forEach(ProcessHandle::destroyForcibly);
              killed.addAll(found);
              // a dead one whose parent has not looked yet still counts for whoever asks by number
              return found.isEmpty() && killed.stream().noneMatch(ProcessHandle::isAlive);
            });
  }

  private static List<ProcessHandle> all() {
    long ourselves = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses().filter(process -> process.pid() != ourselves).toList();
  }

  private static boolean names(ProcessHandle process, Path folder) {
    return commandLine(process).filter(line -> line.contains(folder.toString())).isPresent();
  }

  private static Optional<String> commandLine(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(PROC.resolve(process.pid() + "/cmdline"));
      return Optional.of(new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip());
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Files.readSymbolicLink(PROC.resolve(process.pid() + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false; // another user's, or ended meanwhile
    }
  }

  /** For a message: what they are. */
  static List<String> describe(List<ProcessHandle> processes) {
    return processes.stream()
        .map(process -> process.pid() + " " + commandLine(process).orElse("(ended)"))
        .toList();
  }

  /** The files below a folder that match; none if there is no such folder. */
  static List<Path> files(Path folder, String glob) {
    var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> matcher.matches(file.getFileName())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
