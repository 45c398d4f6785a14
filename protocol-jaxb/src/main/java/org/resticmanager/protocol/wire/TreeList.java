package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * Asks for a page of a folder in a snapshot (extension {@code tree}); a request, answered by {@link
 * TreeListResult} with the same envelope id.
 *
 * @param snapshotId restic's long or short id
 * @param path the folder, absolute; {@code /} for the top
 * @param offset how many entries to leave out
 * @param limit how many entries are wanted at most, from 1 to {@link #MAX_LIMIT}
 */
public record TreeList(String snapshotId, String path, long offset, int limit)
    implements ServerMessage {

  /** The most that one page may hold, so that a page fits into a frame. */
  public static final int MAX_LIMIT = 1000;

  public TreeList {
    Require.present(snapshotId, "snapshot_id");
    Require.present(path, "path");
    Require.notNegative(offset, "offset");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is not between 1 and " + MAX_LIMIT);
    }
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.TREE);
  }
}
