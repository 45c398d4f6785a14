package org.resticmanager.web.api;

import java.time.Instant;
import java.util.List;
import org.resticmanager.snapshot.SnapshotDetails;

/**
 * A snapshot.
 *
 * @param id restic's long id
 * @param shortId its first 8 digits
 * @param time when it was made
 * @param hostname the host name in it
 * @param paths what was backed up
 * @param tags the source group's name among them
 * @param sizeBytes bytes processed; 0 if restic did not record it
 * @param fileCount files processed; 0 likewise
 */
public record SnapshotRepresentation(
    String id,
    String shortId,
    Instant time,
    String hostname,
    List<String> paths,
    List<String> tags,
    long sizeBytes,
    long fileCount) {

  static SnapshotRepresentation of(SnapshotDetails snapshot) {
    return new SnapshotRepresentation(
        snapshot.id(),
        snapshot.shortId(),
        snapshot.time(),
        snapshot.hostname(),
        snapshot.paths(),
        snapshot.tags(),
        snapshot.sizeBytes(),
        snapshot.fileCount());
  }
}
