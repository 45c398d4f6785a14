package org.resticmanager.bench.snapshots;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.node.CopyIn;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;

/**
 * From the first part of a list of a hundred thousand snapshots on an agent's socket until all of
 * them are in the database, and what the control plane holds in memory meanwhile.
 */
public final class SnapshotsBench {

  private static final int SNAPSHOTS = Integer.getInteger("bench.snapshots", 100_000);
  private static final int ROUNDS = 5;
  private static final double LEAST_RATIO = 0.2;
  private static final double MOST_GROWTH_MIB = 64;
  private static final int HEAP_LOOKS = 10;
  private static final String RATE = "rate";

  private SnapshotsBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments) throws Exception {
    Result result = Result.begin("snapshots");
    try (Node node = new Node(Path.of(arguments[0]));
        Connection database = node.database().connect();
        ReportedSnapshots reported =
            new ReportedSnapshots(SNAPSHOTS, node.url(), node.admin(), database)) {
      reported.nanos();
      CopyIn copy = new CopyIn(database, "snapshot", node.folder().resolve("snapshots"));
      Rounds rounds =
          Rounds.of(
              1,
              ROUNDS,
              () -> Map.of(RATE, SNAPSHOTS * 1e9 / reported.nanos()),
              () -> Map.of(RATE, copy.rowsPerSecond()));
      result.add(
          rounds
              .measure(RATE, "snapshots reported and stored", "per second", "one plain COPY")
              .ratioAtLeast(LEAST_RATIO));
      result.add(
          Measure.of("live heap at most, above that before", "MiB", growth(reported, node))
              .atMost(MOST_GROWTH_MIB));
      result.add(Measure.of("snapshots in the list", "", SNAPSHOTS));
      result.publish();
    }
  }

  private static double growth(ReportedSnapshots reported, Node node) throws Exception {
    reported.forget();
    long before = Heap.liveMib(node.pid());
    long most = before;
    for (int part = 0; part < reported.parts(); part++) {
      reported.sendPart(part);
      if ((part + 1) % Math.max(1, reported.parts() / HEAP_LOOKS) == 0) {
        most = Math.max(most, Heap.liveMib(node.pid()));
      }
    }
    return most - before;
  }
}
