package org.resticmanager.agent.job;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.resticmanager.agent.restic.BackupSummary;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Snapshot;

/** The snapshot of a backup as restic would list it, without asking restic once more. */
final class AddedSnapshot {

  /** restic 0.14 tells no more than the first 8. */
  private static final int ID_DIGITS = 64;

  private static final int SHORT_ID_DIGITS = 8;

  private AddedSnapshot() {}

  /**
   * Of a backup that has left none of the paths out; empty if we cannot be sure what restic noted.
   */
  static Optional<Snapshot> of(BackupSummary made, CommandRun command, String hostName) {
    Optional<String> id = made.snapshotId().filter(digits -> digits.length() == ID_DIGITS);
    Optional<List<String>> paths = noted(command.includes());
    if (id.isEmpty() || paths.isEmpty() || made.begunAt().isEmpty() || !plain(command.tag())) {
      return Optional.empty();
    }
    return Optional.of(
        new Snapshot(
            id.get(),
            id.get().substring(0, SHORT_ID_DIGITS),
            made.begunAt().get(),
            hostName,
            paths.get(),
            command.tag().isEmpty() ? List.of() : List.of(command.tag()),
            made.bytesProcessed(),
            made.filesProcessed()));
  }

  /** restic takes a comma for the end of a tag, and blanks around it away. */
  private static boolean plain(String tag) {
    return tag.indexOf(',') < 0 && tag.equals(tag.strip());
  }

  /** restic notes them without {@code .}, {@code ..} and slashes at the end. */
  private static Optional<List<String>> noted(List<String> paths) {
    try {
      return Optional.of(paths.stream().map(path -> Path.of(path).normalize().toString()).toList());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
