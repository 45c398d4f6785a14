package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot as {@code restic snapshots} lists it.
 *
 * @param sizeBytes bytes processed; 0 from versions that do not record it
 * @param fileCount files processed; 0 likewise
 */
public record ListedSnapshot(
    String id,
    String shortId,
    Optional<OffsetDateTime> time,
    String hostname,
    List<String> paths,
    List<String> tags,
    long sizeBytes,
    long fileCount) {

  static ListedSnapshot of(JsonObject json) {
    JsonObject summary = JsonLine.object(json, "summary");
    return new ListedSnapshot(
        JsonLine.text(json, "id"),
        JsonLine.text(json, "short_id"),
        JsonLine.time(json, "time"),
        JsonLine.text(json, "hostname"),
        JsonLine.texts(json, "paths"),
        JsonLine.texts(json, "tags"),
        JsonLine.count(summary, "total_bytes_processed"),
        JsonLine.count(summary, "total_files_processed"));
  }
}
