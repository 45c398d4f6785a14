package org.resticmanager.bench.connected;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.BulkHosts;
import org.resticmanager.bench.fleet.EchoClient;
import org.resticmanager.bench.fleet.EchoEndpoint;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.CpuClock;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * Memory and processor time for each of thousands of idle agents; at the same time as many sockets
 * with the same texts at a server that only sends them back.
 */
public final class ConnectedBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 5000);
  private static final int WINDOWS = 3;

  /** In each, every agent sends one heartbeat. */
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Duration CONNECTING_LASTS = Duration.ofMinutes(3);
  private static final String REFERENCE = "echo endpoint";
  private static final double MOST_RATIO = 2;

  private ConnectedBench() {}

  /**
   * @param arguments the control plane's runnable file, and Payara Micro's
   */
  public static void main(String[] arguments) throws Exception {
    Result result = Result.begin("connected");
    try (Node node = new Node(Path.of(arguments[0]));
        BareServer bare = new BareServer(Path.of(arguments[1]), EchoEndpoint.class)) {
      NodeDatabase database = node.database();
      long heapBefore = Heap.liveKib(node.pid());
      long bareHeapBefore = Heap.liveKib(bare.pid());
      try (ReturningFleet fleet = new ReturningFleet(node.url(), BulkHosts.make(AGENTS, database));
          ReturningFleet echoes =
              new ReturningFleet(
                  bare.url(), Stream.generate(EchoClient::new).limit(AGENTS).toList())) {
        fleet.awaitAll(CONNECTING_LASTS);
        echoes.awaitAll(CONNECTING_LASTS);
        TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
        Cpu cpu = Cpu.over(node.pid(), bare.pid(), database);
        result.add(
            Measure.of("heap for each agent", "KiB", each(Heap.liveKib(node.pid()) - heapBefore))
                .beside(REFERENCE, Sample.of(each(Heap.liveKib(bare.pid()) - bareHeapBefore)))
                .ratioAtMost(MOST_RATIO));
        result.add(
            Measure.of("CPU for each agent", "s per hour", new Sample(cpu.ours()))
                .beside(REFERENCE, new Sample(cpu.bare()))
                .ratioAtMost(MOST_RATIO));
        result.add(
            Measure.of("CPU of PostgreSQL for each", "s per hour", new Sample(cpu.database())));
        fleet.awaitAll(Duration.ZERO); // none was lost meanwhile
        echoes.awaitAll(Duration.ZERO);
      }
    }
    result.add(Measure.of("agents", "", AGENTS));
    result.publish();
  }

  private static double each(double all) {
    return all / AGENTS;
  }

  /** For each agent in seconds for an hour, one figure for each window. */
  private record Cpu(List<Double> ours, List<Double> bare, List<Double> database) {

    static Cpu over(long ours, long bare, NodeDatabase database)
        throws IOException, InterruptedException {
      Cpu all = new Cpu(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int window = 0; window < WINDOWS; window++) {
        Duration oursBefore = CpuClock.of(ours);
        Duration bareBefore = CpuClock.of(bare);
        Duration databaseBefore = CpuClock.ofTree(database.pid());
        TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
        all.ours().add(perHour(CpuClock.of(ours).minus(oursBefore)));
        all.bare().add(perHour(CpuClock.of(bare).minus(bareBefore)));
        all.database().add(perHour(CpuClock.ofTree(database.pid()).minus(databaseBefore)));
      }
      return all;
    }

    private static double perHour(Duration inWindow) {
      return each(Measure.seconds(inWindow) * Duration.ofHours(1).toSeconds() / WINDOW.toSeconds());
    }
  }
}
