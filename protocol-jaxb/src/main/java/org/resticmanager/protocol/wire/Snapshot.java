package org.resticmanager.protocol.wire;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One snapshot, from {@code restic snapshots --json}.
 *
 * @param id restic's long id
 * @param shortId its first 8 digits
 * @param time when it was made, by the clock of the machine that made it: restic counts days and
 *     weeks so; null if unknown
 * @param hostname the host name given to restic
 * @param paths what was backed up
 * @param tags the source group's name among them
 * @param sizeBytes bytes processed; 0 from restic before 0.17, which does not record it
 * @param fileCount files processed; 0 likewise
 */
public record Snapshot(
    String id,
    String shortId,
    OffsetDateTime time,
    String hostname,
    List<String> paths,
    @OmitEmpty List<String> tags,
    @OmitEmpty long sizeBytes,
    @OmitEmpty long fileCount) {

  public Snapshot {
    Require.present(id, "id");
    shortId = Require.textOrEmpty(shortId);
    hostname = Require.textOrEmpty(hostname);
    paths = Require.listOrEmpty(paths);
    tags = Require.listOrEmpty(tags);
    Require.notNegative(sizeBytes, "size_bytes");
    Require.notNegative(fileCount, "file_count");
  }
}
