package org.resticmanager.protocol.wire;

/**
 * The two snapshots that a job of kind {@code diff} compares (extension {@code diff}).
 *
 * @param snapshotA the older one, restic's long or short id
 * @param snapshotB the newer one
 */
public record Diff(String snapshotA, String snapshotB) {

  public Diff {
    Require.present(snapshotA, "snapshot_a");
    Require.present(snapshotB, "snapshot_b");
  }
}
