package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A real restic that can be kept from beginning certain commands until a test lets it. It can be
 * interrupted like restic itself, also where signals are ignored.
 */
final class HeldRestic {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path program;

  /** Nothing is held yet. */
  HeldRestic(Path folder, Restic real) {
    program = folder.resolve("held-restic");
    try {
      Files.writeString(
          program,
          """
          #!/usr/bin/env -S --default-signal=INT /bin/sh
          gate="$0.$1-$2"
          if [ -e "$gate" ]; then
            : >"$gate.reached"
            while [ -e "$gate" ]; do sleep 0.05; done
          fi
          exec '%s' "$@"
          """
              .formatted(real.path()));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path program() {
    return program;
  }

  private Path gate(String command) {
    return program.resolveSibling(program.getFileName() + "." + command.replace(' ', '-'));
  }

  /**
   * From now on this command waits.
   *
   * @param command its first two words
   */
  void hold(String command) {
    try {
      Files.createFile(gate(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it was called for what is held. */
  void awaitReached(String command) {
    Path reached = gate(command).resolveSibling(gate(command).getFileName() + ".reached");
    await("the held restic " + command)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Files.exists(reached));
  }

  /** Lets it begin. */
  void release(String command) {
    try {
      Files.delete(gate(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
