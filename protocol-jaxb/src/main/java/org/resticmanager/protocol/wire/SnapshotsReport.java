package org.resticmanager.protocol.wire;

import java.util.List;
import java.util.Set;

/**
 * The full list of snapshots in the host's repository, or a part of it (extension {@code parts});
 * replaces what the server knew when all parts of one report are in. The parts of one report come
 * one after the other, from 1 on; a part 1 begins a new report. Or, by the extension {@code
 * snapshots_added}, only those that a job has added: the server goes on knowing all others.
 *
 * @param snapshots those of this part
 * @param part which part this is, from 1; 0 if the report is in one piece
 * @param parts how many parts the report has; 0 if it is in one piece, never 1
 * @param added whether these are only the ones that were added, and no full list
 */
public record SnapshotsReport(
    List<Snapshot> snapshots, @OmitEmpty int part, @OmitEmpty int parts, @OmitEmpty boolean added)
    implements AgentMessage {

  public SnapshotsReport {
    snapshots = Require.listOrEmpty(snapshots);
    if (part < 0 || part > parts || (part == 0 && parts != 0)) {
      throw new IllegalArgumentException("part is not between 1 and parts");
    }
    if (parts == 1) {
      // one part of one is the whole, which every peer understands
      part = 0;
      parts = 0;
    }
    if (added && parts > 0) {
      throw new IllegalArgumentException("added comes with parts");
    }
  }

  /** A part of a full list. */
  public SnapshotsReport(List<Snapshot> snapshots, int part, int parts) {
    this(snapshots, part, parts, false);
  }

  /** A full list in one piece. */
  public static SnapshotsReport whole(List<Snapshot> snapshots) {
    return new SnapshotsReport(snapshots, 0, 0);
  }

  /** Only what was added. */
  public static SnapshotsReport added(List<Snapshot> snapshots) {
    return new SnapshotsReport(snapshots, 0, 0, true);
  }

  @Override
  public Set<String> requires() {
    if (added) {
      return Set.of(Feature.SNAPSHOTS_ADDED);
    }
    return parts > 1 ? Set.of(Feature.PARTS) : Set.of();
  }
}
