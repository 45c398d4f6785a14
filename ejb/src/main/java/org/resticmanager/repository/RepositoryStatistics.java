package org.resticmanager.repository;

import java.time.Instant;

/**
 * What the agents have reported of a repository; null where nobody has.
 *
 * @param totalSizeBytes the size that a restore of everything would have
 * @param rawSizeBytes its size in the backend
 * @param uncompressedSizeBytes the size that it would have there without compression
 * @param uniqueFiles files counted once
 * @param snapshotCount how many snapshots it holds
 * @param lockPresent whether a lock was seen
 * @param lastCheckAt when a check ended last
 * @param lastCheckStatus {@code ok} or what it found
 * @param lastPruneAt when a prune ended last
 * @param lastPruneFreedBytes what it freed
 * @param measuredAt when an agent last reported on it
 */
public record RepositoryStatistics(
    Long totalSizeBytes,
    Long rawSizeBytes,
    Long uncompressedSizeBytes,
    Long uniqueFiles,
    Long snapshotCount,
    Boolean lockPresent,
    Instant lastCheckAt,
    String lastCheckStatus,
    Instant lastPruneAt,
    Long lastPruneFreedBytes,
    Instant measuredAt) {

  /** Of a repository that nobody has reported on. */
  public static final RepositoryStatistics UNKNOWN =
      new RepositoryStatistics(null, null, null, null, null, null, null, null, null, null, null);

  /** How often restic has stored less than it was given: restore size to size in the backend. */
  public Double dedupRatio() {
    return toRaw(totalSizeBytes);
  }

  /** How much smaller restic's compression makes what is stored; 1 for not at all. */
  public Double compressionRatio() {
    return toRaw(uncompressedSizeBytes);
  }

  private Double toRaw(Long size) {
    return size == null || rawSizeBytes == null || rawSizeBytes == 0
        ? null
        : (double) size / rawSizeBytes;
  }
}
