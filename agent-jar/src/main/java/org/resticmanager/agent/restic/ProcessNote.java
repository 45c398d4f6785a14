package org.resticmanager.agent.restic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.agent.config.Machine;

/**
 * What a restic is known by after the agent that started it is gone. A process id alone is used
 * again in time, and at once after the machine was started anew: it counts together with the boot
 * and with the moment at which the process began.
 *
 * @param boot the boot's id; empty where the system has none
 * @param pid empty while the process is being started
 * @param start when the process began, in the kernel's ticks since the boot; empty where the system
 *     does not tell
 * @param noted when the note was written
 */
record ProcessNote(String boot, Optional<Long> pid, String start, Instant noted) {

  /** The state and the start among the words after the command's name. */
  private static final int STATE = 0;

  private static final int START = 19;
  private static final String ZOMBIE = "Z";

  /** How far apart a process's start and its note may seem where there are no ticks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** Reads a note; empty if there is none. */
  static Optional<ProcessNote> read(Path file) throws IOException {
    try {
      Instant noted = Files.getLastModifiedTime(file).toInstant();
      List<String> lines = Files.readString(file, StandardCharsets.US_ASCII).lines().toList();
      Optional<Long> pid = lines.size() < 2 ? Optional.empty() : number(lines.get(1));
      String start = lines.size() < 3 ? "" : word(lines.get(2), START);
      return Optional.of(
          new ProcessNote(lines.isEmpty() ? "" : lines.get(0).strip(), pid, start, noted));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String word(String stat, int index) {
    // the name before may hold blanks and brackets
    List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
    return words.size() > index ? words.get(index) : "";
  }

  /** Whether the machine has been up since. */
  boolean ofThisBoot() {
    return boot.equals(Machine.bootId());
  }

  /** The process, if it is the one that was noted and lives. */
  Optional<ProcessHandle> alive() {
    return ofThisBoot()
        ? pid.flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::isTheNoted)
        : Optional.empty();
  }

  private boolean isTheNoted(ProcessHandle handle) {
    if (!start.isEmpty()) {
      try {
        String stat =
            Files.readString(
                Path.of("/proc", Long.toString(handle.pid()), "stat"), StandardCharsets.ISO_8859_1);
        return word(stat, START).equals(start) && !word(stat, STATE).equals(ZOMBIE);
      } catch (IOException e) {
        return false;
      }
    }
    return handle
        .info()
        .startInstant()
        .filter(at -> Duration.between(at, noted).abs().compareTo(TOLERANCE) <= 0)
        .isPresent();
  }
}
