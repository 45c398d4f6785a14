package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The clock of one machine, which can be set while its agent runs. Only the agent sees it: restic
 * asks the kernel itself.
 */
final class HostClock {

  private final Path offset;

  /** Right at first; for an agent that does not run yet. */
  HostClock(AgentHost machine) {
    offset = machine.folder().resolve("clock-offset");
    set(Duration.ZERO);
    Path library = machine.copy(Project.fakeTime(), "rw-r--r--");
    machine
        .withOwnEnvironment("LD_PRELOAD", library.toString())
        .withOwnEnvironment("FAKETIME_TIMESTAMP_FILE", offset.toString())
        .withOwnEnvironment("FAKETIME_NO_CACHE", "1")
        // nobody sets the clock by which a JVM waits
        .withOwnEnvironment("DONT_FAKE_MONOTONIC", "1")
        .withOwnEnvironment("FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  void setBack(Duration by) {
    set(by.negated());
  }

  void setRight() {
    set(Duration.ZERO);
  }

  private void set(Duration ahead) {
    try {
      Path next = offset.resolveSibling("clock-offset.next");
      Files.writeString(next, String.format("%+d%n", ahead.toSeconds()));
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
