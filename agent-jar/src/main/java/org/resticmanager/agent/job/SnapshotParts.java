package org.resticmanager.agent.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Cuts a list of snapshots so that no frame is too large: in one piece, which every server
 * understands, as long as that fits. It is shown the whole list twice, because a part says how many
 * there are, and holds no more than one part of it.
 */
final class SnapshotParts {

  /** Leaves room for other frames that wait with it, and for what the spool writes around it. */
  private static final int PART_BYTES = SpooledEvent.MAX_FRAME_BYTES / 2;

  private static final int WHOLE_BYTES = SpooledEvent.MAX_FRAME_BYTES - 1024;

  private final WireCodec codec;

  /** What stands around the snapshots. */
  private final int frameBytes;

  /** How many snapshots each part has. */
  private final List<Integer> lengths = new ArrayList<>();

  /** By their place in the list. */
  private final Map<Integer, String> tooLarge = new LinkedHashMap<>();

  private final List<Snapshot> part = new ArrayList<>();
  private int partBytes;
  private long wholeBytes;
  private int measured;
  private int seen;
  private int given;

  SnapshotParts(WireCodec codec) {
    this.codec = codec;
    this.frameBytes = bytes(SnapshotsReport.whole(List.of()));
    this.wholeBytes = frameBytes;
  }

  private int bytes(SnapshotsReport report) {
    return codec.encode(report).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The first time: decides where to cut. */
  void measure(Snapshot snapshot) {
    int bytes = alone(snapshot) - frameBytes + 1;
    measured++;
    if (frameBytes + bytes > WHOLE_BYTES) {
      tooLarge.put(measured, snapshot.id());
      return;
    }
    if (lengths.isEmpty() || partBytes + bytes > PART_BYTES) {
      lengths.add(0);
      partBytes = frameBytes;
    }
    lengths.set(lengths.size() - 1, lengths.get(lengths.size() - 1) + 1);
    partBytes += bytes;
    wholeBytes += bytes;
  }

  private int alone(Snapshot snapshot) {
    return bytes(SnapshotsReport.whole(List.of(snapshot)));
  }

  /** How many reports it takes; none if there is no snapshot. */
  int count() {
    return wholeBytes <= WHOLE_BYTES ? Math.min(1, lengths.size()) : lengths.size();
  }

  /** The snapshots that no frame can hold, because of their many paths; they are left out. */
  List<String> tooLarge() {
    return List.copyOf(tooLarge.values());
  }

  /** The second time: the report that ends with this snapshot, if one does. */
  Optional<SnapshotsReport> next(Snapshot snapshot) {
    seen++;
    if (tooLarge.containsKey(seen)) {
      return Optional.empty();
    }
    part.add(snapshot);
    boolean whole = count() == 1;
    int length = whole ? lengths.stream().mapToInt(Integer::intValue).sum() : lengths.get(given);
    if (part.size() < length) {
      return Optional.empty();
    }
    given++;
    List<Snapshot> some = List.copyOf(part);
    part.clear();
    return Optional.of(
        whole ? SnapshotsReport.whole(some) : new SnapshotsReport(some, given, lengths.size()));
  }
}
