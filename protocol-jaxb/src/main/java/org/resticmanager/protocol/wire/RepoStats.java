package org.resticmanager.protocol.wire;

import java.time.Instant;
import java.util.Set;

/**
 * What the agent learnt of its repository: a partial update, null means unchanged.
 *
 * @param totalSizeBytes the size that a restore of everything would have
 * @param rawSizeBytes the size in the backend
 * @param uniqueFiles files counted once
 * @param snapshotCount snapshots in the repository
 * @param lastCheckAt when {@code check} ended last
 * @param lastCheckStatus {@code ok} or what it found; empty means unchanged
 * @param lockPresent whether a lock was seen
 * @param lastPruneAt when {@code prune} ended last
 * @param lastPruneFreedBytes what it freed
 * @param uncompressedSizeBytes the size that it would have in the backend without compression; an
 *     extension
 */
public record RepoStats(
    Long totalSizeBytes,
    Long rawSizeBytes,
    Long uniqueFiles,
    Long snapshotCount,
    Instant lastCheckAt,
    @OmitEmpty String lastCheckStatus,
    Boolean lockPresent,
    Instant lastPruneAt,
    Long lastPruneFreedBytes,
    Long uncompressedSizeBytes)
    implements AgentMessage {

  public RepoStats {
    Require.notNegative(totalSizeBytes, "total_size_bytes");
    Require.notNegative(rawSizeBytes, "raw_size_bytes");
    Require.notNegative(uniqueFiles, "unique_files");
    Require.notNegative(snapshotCount, "snapshot_count");
    Require.notNegative(lastPruneFreedBytes, "last_prune_freed_bytes");
    Require.notNegative(uncompressedSizeBytes, "uncompressed_size_bytes");
    lastCheckStatus = Require.textOrEmpty(lastCheckStatus);
  }

  /** What the base protocol knows of a repository. */
  public RepoStats(
      Long totalSizeBytes,
      Long rawSizeBytes,
      Long uniqueFiles,
      Long snapshotCount,
      Instant lastCheckAt,
      String lastCheckStatus,
      Boolean lockPresent,
      Instant lastPruneAt,
      Long lastPruneFreedBytes) {
    this(
        totalSizeBytes,
        rawSizeBytes,
        uniqueFiles,
        snapshotCount,
        lastCheckAt,
        lastCheckStatus,
        lockPresent,
        lastPruneAt,
        lastPruneFreedBytes,
        null);
  }

  /** The extension alone, so that the rest is for every server. */
  public static RepoStats ofCompression(long uncompressedSizeBytes) {
    return new RepoStats(null, null, null, null, null, "", null, null, null, uncompressedSizeBytes);
  }

  @Override
  public Set<String> requires() {
    return uncompressedSizeBytes == null ? Set.of() : Set.of(Feature.COMPRESSION);
  }
}
