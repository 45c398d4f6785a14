package org.resticmanager.snapshot;

import java.util.List;

/**
 * What a retention makes of the snapshots of one source group.
 *
 * @param kept what stays, newest first
 * @param removed what a forget would remove, newest first
 */
public record Selection(List<Kept> kept, List<SnapshotDetails> removed) {

  /** There are no snapshots. */
  public static final Selection EMPTY = new Selection(List.of(), List.of());

  public Selection {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
  }

  /**
   * A snapshot that stays.
   *
   * @param reasons why, in restic's words, as in "daily snapshot"
   */
  public record Kept(SnapshotDetails snapshot, List<String> reasons) {

    public Kept {
      reasons = List.copyOf(reasons);
    }
  }
}
