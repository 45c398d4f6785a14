package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * A status line of a running backup.
 *
 * @param fractionDone from 0 to 1
 * @param secondsElapsed 0 if restic does not say
 * @param secondsRemaining restic's guess; 0 if it has none
 * @param currentFile one that is being read; empty if restic names none, or one of a path too long
 *     to be shown
 */
public record BackupStatus(
    double fractionDone,
    long filesDone,
    long totalFiles,
    long bytesDone,
    long totalBytes,
    long secondsElapsed,
    long secondsRemaining,
    Optional<String> currentFile) {

  private static final int LONGEST_PATH = 4096;

  /** Whether restic has counted anything yet. */
  public boolean knowsAnything() {
    return totalFiles > 0 || totalBytes > 0 || filesDone > 0 || bytesDone > 0;
  }

  static BackupStatus of(JsonObject line) {
    double fraction = JsonLine.decimal(line, "percent_done");
    return new BackupStatus(
        Double.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction)),
        JsonLine.count(line, "files_done"),
        JsonLine.count(line, "total_files"),
        JsonLine.count(line, "bytes_done"),
        JsonLine.count(line, "total_bytes"),
        JsonLine.count(line, "seconds_elapsed"),
        JsonLine.count(line, "seconds_remaining"),
        JsonLine.texts(line, "current_files").stream()
            .filter(path -> !path.isEmpty() && path.length() <= LONGEST_PATH)
            .findFirst());
  }
}
