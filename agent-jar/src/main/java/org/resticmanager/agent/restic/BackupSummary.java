package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a backup did.
 *
 * @param snapshotId the new snapshot; 8 digits from 0.14, all 64 later; empty if none was made
 * @param begunAt when it began, which is the time of its snapshot; empty from 0.14
 * @param filesProcessed files in the snapshot
 * @param bytesProcessed their size
 * @param json restic's own words
 */
public record BackupSummary(
    Optional<String> snapshotId,
    Optional<OffsetDateTime> begunAt,
    long filesProcessed,
    long bytesProcessed,
    JsonObject json) {

  static BackupSummary of(JsonObject line) {
    return new BackupSummary(
        Optional.of(JsonLine.text(line, "snapshot_id")).filter(id -> !id.isEmpty()),
        JsonLine.time(line, "backup_start"),
        JsonLine.count(line, "total_files_processed"),
        JsonLine.count(line, "total_bytes_processed"),
        line);
  }

  /** Where the backup stands now: all of it is done. */
  BackupStatus wholeDone() {
    return new BackupStatus(
        1,
        filesProcessed,
        filesProcessed,
        bytesProcessed,
        bytesProcessed,
        secondsElapsed(),
        0,
        Optional.empty());
  }

  private long secondsElapsed() {
    return Math.round(JsonLine.decimal(json, "total_duration"));
  }
}
