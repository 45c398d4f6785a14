package org.resticmanager.protocol.wire;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The reply to {@link TreeList} (extension {@code tree}).
 *
 * @param entries the page, by name
 * @param more whether there are entries after it
 * @param error why there is no page; empty if there is one
 */
public record TreeListResult(List<Entry> entries, boolean more, @OmitEmpty String error)
    implements AgentMessage {

  public TreeListResult {
    entries = Require.listOrEmpty(entries);
    error = Require.textOrEmpty(error);
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.TREE);
  }

  /**
   * One file, folder or other node.
   *
   * @param name its name in the folder
   * @param path its whole path in the snapshot
   * @param type restic's word: {@code file}, {@code dir}, {@code symlink}, …
   * @param size bytes; 0 for all but files
   * @param mtime when it was modified; null if unknown
   * @param mode the mode bits as restic records them, Go's {@code os.FileMode}
   */
  public record Entry(String name, String path, String type, long size, Instant mtime, long mode) {

    public Entry {
      Require.present(name, "name");
      path = Require.textOrEmpty(path);
      type = Require.textOrEmpty(type);
      Require.notNegative(size, "size");
      Require.notNegative(mode, "mode");
    }
  }
}
