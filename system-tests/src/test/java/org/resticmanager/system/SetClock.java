package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The clock of one program, which can be set while it runs. Only this program sees it, and what it
 * starts; restic asks the kernel itself.
 */
final class SetClock {

  private final Path offset;
  private final Path library;

  /** Right at first; for a program that does not run yet. */
  SetClock(Path folder) {
    this(folder, Project.fakeTime());
  }

  private SetClock(Path folder, Path library) {
    this.offset = folder.resolve("clock-offset");
    this.library = library;
    set(Duration.ZERO);
  }

  /** The clock of an agent. */
  static SetClock of(AgentHost machine) {
    SetClock clock = new SetClock(machine.folder(), machine.copy(Project.fakeTime(), "rw-r--r--"));
    clock.environment().forEach(machine::withOwnEnvironment);
    return clock;
  }

  /** What the program finds in its environment. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        "FAKETIME_NO_CACHE",
        "1",
        // nobody sets the clock by which a JVM waits
        "DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  void setAhead(Duration by) {
    set(by);
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
