package org.resticmanager.agent.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * A list of snapshots cut so that no frame is too large: in one piece, which every server
 * understands, as long as that fits.
 */
final class SnapshotParts {

  /** Leaves room for other frames that wait with it, and for what the spool writes around it. */
  private static final int PART_BYTES = SpooledEvent.MAX_FRAME_BYTES / 2;

  private static final int WHOLE_BYTES = SpooledEvent.MAX_FRAME_BYTES - 1024;

  /** Of usual snapshots so many stay well below {@link #PART_BYTES}. */
  private static final int AT_A_TIME = 1000;

  private final WireCodec codec;
  private final List<List<Snapshot>> lists = new ArrayList<>();
  private final List<String> tooLarge = new ArrayList<>();
  private long bytes;

  SnapshotParts(WireCodec codec, List<Snapshot> snapshots) {
    this.codec = codec;
    for (int from = 0; from < snapshots.size(); from += AT_A_TIME) {
      cut(snapshots.subList(from, Math.min(from + AT_A_TIME, snapshots.size())));
    }
  }

  private void cut(List<Snapshot> some) {
    int size = codec.encode(SnapshotsReport.whole(some)).getBytes(StandardCharsets.UTF_8).length;
    if (size <= PART_BYTES || (some.size() == 1 && size <= WHOLE_BYTES)) {
      lists.add(some);
      bytes += size;
    } else if (some.size() == 1) {
      tooLarge.add(some.get(0).id());
    } else {
      cut(some.subList(0, some.size() / 2));
      cut(some.subList(some.size() / 2, some.size()));
    }
  }

  /** At least one. */
  List<SnapshotsReport> parts() {
    if (lists.size() <= 1 || bytes <= WHOLE_BYTES) {
      return List.of(SnapshotsReport.whole(lists.stream().flatMap(List::stream).toList()));
    }
    List<SnapshotsReport> parts = new ArrayList<>();
    for (List<Snapshot> list : lists) {
      parts.add(new SnapshotsReport(list, parts.size() + 1, lists.size()));
    }
    return parts;
  }

  /** The snapshots that no frame can hold, because of their many paths; they are left out. */
  List<String> tooLarge() {
    return List.copyOf(tooLarge);
  }
}
