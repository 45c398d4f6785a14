package org.resticmanager.bench.connected;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.IdleAgent;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.CpuClock;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * Memory and processor time for each idle agent; at the same time as many sockets with the same
 * texts at a server that only sends them back. A sixteenth of the agents come first, then a
 * quarter, then all.
 */
final class Connected {

  private static final int WINDOWS = 2;

  /** In each, every agent sends one heartbeat. */
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Duration SETTLING = Duration.ofSeconds(15);
  private static final Duration CONNECTING_LASTS = Duration.ofMinutes(3);
  private static final String REFERENCE = "echo endpoint";
  private static final double MOST_RATIO = 2;

  private final Node node;
  private final ReturningFleet agents;
  private final BareServer bare;
  private final ReturningFleet echoes;
  private final long heapBefore;
  private final long bareHeapBefore;

  /** Nobody is connected to either server yet. */
  Connected(Node node, ReturningFleet agents, BareServer bare, ReturningFleet echoes)
      throws IOException {
    this.node = node;
    this.agents = agents;
    this.bare = bare;
    this.echoes = echoes;
    heapBefore = Heap.liveKib(node.pid());
    bareHeapBefore = Heap.liveKib(bare.pid());
  }

  /** They come to their server, a part after the other. */
  void measure(List<IdleAgent> all, List<? extends IdleAgent> clients, Result result)
      throws IOException, InterruptedException {
    echoes.join(clients);
    Growth growth = new Growth(result);
    int there = 0;
    for (int times : Growth.TIMES) {
      int count = all.size() * times / Growth.MOST;
      boolean everybody = times == Growth.MOST;
      agents.join(all.subList(there, count));
      there = count;
      agents.awaitAll(CONNECTING_LASTS);
      echoes.awaitAll(CONNECTING_LASTS);
      TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
      Sample cpu = everybody ? besideOthers(count, result) : ours(count);
      Sample heap = heap(node.pid(), heapBefore, count);
      if (everybody) {
        result.add(
            Measure.of("heap for each agent", "KiB", heap)
                .beside(REFERENCE, heap(bare.pid(), bareHeapBefore, count))
                .ratioAtMost(MOST_RATIO));
      }
      growth.ofOne(times, "CPU for each agent, s per hour", cpu);
      growth.ofOne(times, "heap for each agent, KiB", heap);
    }
    result.add(Measure.of("agents", "", there));
  }

  private Sample ours(int count) throws IOException, InterruptedException {
    Duration before = CpuClock.of(node.pid());
    TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
    return Sample.of(perHour(CpuClock.of(node.pid()).minus(before), count));
  }

  private static Sample heap(long server, long before, int count) throws IOException {
    return Sample.of((double) (Heap.liveKib(server) - before) / count);
  }

  private Sample besideOthers(int count, Result result) throws IOException, InterruptedException {
    NodeDatabase postgresql = node.database();
    List<Double> ours = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    List<Double> database = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      Duration oursBefore = CpuClock.of(node.pid());
      Duration othersBefore = CpuClock.of(bare.pid());
      Duration databaseBefore = CpuClock.ofTree(postgresql.pid());
      TimeUnit.NANOSECONDS.sleep(WINDOW.toNanos());
      ours.add(perHour(CpuClock.of(node.pid()).minus(oursBefore), count));
      others.add(perHour(CpuClock.of(bare.pid()).minus(othersBefore), count));
      database.add(perHour(CpuClock.ofTree(postgresql.pid()).minus(databaseBefore), count));
    }
    agents.awaitAll(Duration.ZERO); // none was lost meanwhile
    echoes.awaitAll(Duration.ZERO);
    result.add(
        Measure.of("CPU for each agent", "s per hour", new Sample(ours))
            .beside(REFERENCE, new Sample(others))
            .ratioAtMost(MOST_RATIO));
    result.add(Measure.of("CPU of PostgreSQL for each", "s per hour", new Sample(database)));
    return new Sample(ours);
  }

  /** For each agent, in seconds for an hour. */
  private static double perHour(Duration inWindow, int count) {
    return Measure.seconds(inWindow) * Duration.ofHours(1).toSeconds() / WINDOW.toSeconds() / count;
  }
}
