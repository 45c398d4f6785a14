package org.resticmanager.protocol.wire;

import java.util.List;
import java.util.Set;

/**
 * The full list of snapshots in the host's repository, or a part of it (extension {@code parts});
 * replaces what the server knew when all parts of one report are in. The parts of one report come
 * one after the other, from 1 on; a part 1 begins a new report.
 *
 * @param snapshots those of this part
 * @param part which part this is, from 1; 0 if the report is in one piece
 * @param parts how many parts the report has; 0 if it is in one piece, never 1
 */
public record SnapshotsReport(List<Snapshot> snapshots, @OmitEmpty int part, @OmitEmpty int parts)
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
  }

  /** A report in one piece. */
  public static SnapshotsReport whole(List<Snapshot> snapshots) {
    return new SnapshotsReport(snapshots, 0, 0);
  }

  @Override
  public Set<String> requires() {
    return parts > 1 ? Set.of(Feature.PARTS) : Set.of();
  }
}
