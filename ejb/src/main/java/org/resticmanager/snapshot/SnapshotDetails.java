package org.resticmanager.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * A snapshot.
 *
 * @param id restic's long id
 * @param shortId its first 8 digits
 * @param time when it was made
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
    String hostname,
    List<String> paths,
    List<String> tags,
    long sizeBytes,
    long fileCount) {}
