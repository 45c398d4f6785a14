package org.resticmanager.conformance.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the user's commands with the system's shell. The only class that starts processes. */
final class Shell {

  private static final Duration LIMIT = Duration.ofSeconds(120);

  private Shell() {}

  /**
   * Runs a command to its end and returns what it printed.
   *
   * @throws IOException if it fails; the message has its last words on stderr
   */
  static String run(String command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path stdout = Files.createTempFile("conformance", ".out");
    Path stderr = Files.createTempFile("conformance", ".err");
    try {
      Process process =
          builder(command, environment)
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        end(process);
        throw new IOException("it did not end within " + LIMIT.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        List<String> words = Files.readString(stderr, StandardCharsets.UTF_8).lines().toList();
        throw new IOException(
            "it ended with "
                + process.exitValue()
                + (words.isEmpty() ? "" : ": " + words.get(words.size() - 1)));
      }
      return Files.readString(stdout, StandardCharsets.UTF_8);
    } finally {
      Files.deleteIfExists(stdout);
      Files.deleteIfExists(stderr);
    }
  }

  /** Starts a command that goes on; its output is added to this file. */
  static Process start(String command, Map<String, String> environment, Path log)
      throws IOException {
    return builder(command, environment)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  private static ProcessBuilder builder(String command, Map<String, String> environment) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("sh", "-c", command);
    builder.environment().putAll(environment);
    return builder.redirectInput(Redirect.from(nothing(windows)));
  }

  private static File nothing(boolean windows) {
    return Path.of(windows ? "NUL" : "/dev/null").toFile();
  }

  /** Ends a process that we started, and all that it started: gently, then by force. */
  static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
