package org.resticmanager.bench.connected;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.CpuClock;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * Memory and processor time for each idle agent; at the same time as many sockets with the same
 * texts at a server that only sends them back.
 */
final class Connected {

  private static final int WINDOWS = 2;

  /** In each, every agent sends one heartbeat. */
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final Duration CONNECTING_LASTS = Duration.ofMinutes(3);
  private static final String REFERENCE = "echo endpoint";
  private static final double MOST_RATIO = 2;

  private final int count;
  private final ReturningFleet agents;
  private final ReturningFleet echoes;

  Connected(int count, ReturningFleet agents, ReturningFleet echoes) {
    this.count = count;
    this.agents = agents;
    this.echoes = echoes;
  }

  /** Returns when all are there and the servers have come to rest. */
  void await() throws InterruptedException {
    agents.awaitAll(CONNECTING_LASTS);
    echoes.awaitAll(CONNECTING_LASTS);
    TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
  }

  /**
   * @param before KiB of live objects without agents, of the node and of the other server
   */
  void heap(long node, long before, long bare, long bareBefore, Result result)
      throws IOException, InterruptedException {
    result.add(
        Measure.of("heap for each agent", "KiB", each(Heap.liveKib(node) - before))
            .beside(REFERENCE, Sample.of(each(Heap.liveKib(bare) - bareBefore)))
            .ratioAtMost(MOST_RATIO));
  }

  void cpu(Node node, BareServer bareServer, Result result)
      throws IOException, InterruptedException {
    NodeDatabase postgresql = node.database();
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> database = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      Duration oursBefore = CpuClock.of(node.pid());
      Duration bareBefore = CpuClock.of(bareServer.pid());
      Duration databaseBefore = CpuClock.ofTree(postgresql.pid());
      TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
      ours.add(perHour(CpuClock.of(node.pid()).minus(oursBefore)));
      bare.add(perHour(CpuClock.of(bareServer.pid()).minus(bareBefore)));
      database.add(perHour(CpuClock.ofTree(postgresql.pid()).minus(databaseBefore)));
    }
    agents.awaitAll(Duration.ZERO); // none was lost meanwhile
    echoes.awaitAll(Duration.ZERO);
    result.add(
        Measure.of("CPU for each agent", "s per hour", new Sample(ours))
            .beside(REFERENCE, new Sample(bare))
            .ratioAtMost(MOST_RATIO));
    result.add(Measure.of("CPU of PostgreSQL for each", "s per hour", new Sample(database)));
    result.add(Measure.of("agents", "", count));
  }

  private double each(double all) {
    return all / count;
  }

  /** For each agent, in seconds for an hour. */
  private double perHour(Duration inWindow) {
    return each(Measure.seconds(inWindow) * Duration.ofHours(1).toSeconds() / WINDOW.toSeconds());
  }
}
