package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the system under test. What it prints goes to a file.
 *
 * <p>It gets the environment of a service: the POSIX locale, and none of the settings that the
 * person who runs the tests may have made for restic or for us.
 */
final class Program {

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param log gets what it prints, after what is there already
   * @param environment added to the service's
   */
  static Program start(Path log, Map<String, String> environment, List<String> command) {
    return startIn(log.getParent(), log, environment, command);
  }

  /** Starts it in a directory, which is made. */
  static Program startIn(
      Path directory, Path log, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(directory);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Map<String, String> all = builder.environment();
      all.keySet().removeIf(Program::personal);
      all.put("LC_ALL", "POSIX");
      all.putAll(environment);
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean personal(String name) {
    return name.startsWith("RESTIC_") || name.startsWith("LC_") || name.startsWith("LANG");
  }

  /** Runs it to its end, which must come within a minute. */
  static Ended run(Path log, Map<String, String> environment, List<String> command) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program program = start(log, environment, command);
    return new Ended(program.exitCode(Duration.ofMinutes(1)), program.output());
  }

  /** How a program ended, and what it had printed. */
  record Ended(int exitCode, String output) {}

  /** The java that runs the tests, followed by these arguments. */
  static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it still runs after " + limit + ":\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGHUP: most servers read their settings again then. */
  void hangUp() {
    Ended sent =
        run(
            log.resolveSibling("hang-up.log"),
            Map.of(),
            List.of("kill", "-HUP", String.valueOf(process.pid())));
    if (sent.exitCode() != 0) {
      throw new AssertionError(sent.output());
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL to this process only: what it started lives on. Returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    exitCode(Duration.ofSeconds(10));
  }

  /** All that it has printed. */
  String output() {
    return read(log);
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
