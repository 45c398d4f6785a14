package org.resticmanager.protocol.wire;

import java.time.Instant;

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
    Long lastPruneFreedBytes)
    implements AgentMessage {

  public RepoStats {
    Require.notNegative(totalSizeBytes, "total_size_bytes");
    Require.notNegative(rawSizeBytes, "raw_size_bytes");
    Require.notNegative(uniqueFiles, "unique_files");
    Require.notNegative(snapshotCount, "snapshot_count");
    Require.notNegative(lastPruneFreedBytes, "last_prune_freed_bytes");
    lastCheckStatus = Require.textOrEmpty(lastCheckStatus);
  }
}
