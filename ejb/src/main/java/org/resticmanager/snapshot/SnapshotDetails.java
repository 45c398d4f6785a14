package org.resticmanager.snapshot;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A snapshot.
 *
 * @param id restic's long id
 * @param shortId its first 8 digits
 * @param time when it was made
 * @param offset of the clock of the machine that made it, then; UTC if unknown
 * @param hostname the host name given to restic
 * @param paths what was backed up
 * @param tags the source group's name among them
 * @param sizeBytes bytes processed; 0 if restic did not record it
 * @param fileCount files processed; 0 likewise
 */
public record SnapshotDetails(
    String id,
    String shortId,
    Instant time,
    ZoneOffset offset,
    String hostname,
    List<String> paths,
    List<String> tags,
    long sizeBytes,
    long fileCount) {

  /** When it was made, by the clock of the machine that made it: days and weeks are counted so. */
  public OffsetDateTime localTime() {
    return time.atOffset(offset);
  }
}
