package org.resticmanager.protocol.wire;

import java.util.List;

/**
 * What a job of kind {@code restore} brings back (extension {@code restore}).
 *
 * @param snapshotId restic's long or short id
 * @param paths what of the snapshot; empty means all of it
 * @param inPlace back to where it came from, over what is there
 * @param targetDir the folder to restore to; empty exactly when {@code inPlace}
 */
public record Restore(
    String snapshotId, List<String> paths, boolean inPlace, @OmitEmpty String targetDir) {

  public Restore {
    Require.present(snapshotId, "snapshot_id");
    paths = Require.listOrEmpty(paths);
    targetDir = Require.textOrEmpty(targetDir);
    if (inPlace != targetDir.isEmpty()) {
      throw new IllegalArgumentException(
          inPlace ? "target_dir is given although in_place is set" : "target_dir is missing");
    }
  }
}
