package org.resticmanager.bench.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.fleet.IdleAgent;
import org.resticmanager.bench.fleet.Misbehaving;
import org.resticmanager.bench.fleet.Misbehaviour;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;

/**
 * What agents that do as they should notice of a hundred that do not: run now on one of theirs,
 * with and without the others.
 */
final class Disturbance {

  private static final int OTHERS = 100;
  private static final int ROUNDS = 3;
  private static final int RUNS = 100;
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final String REFERENCE = "without them";
  private static final double MOST_P99_MILLIS = 250;

  /** A fifth of what Java takes at most on a machine of 8 GiB. */
  private static final double MOST_HEAP_MIB = 400;

  private final Node node;
  private final RunNow runNow;

  Disturbance(Node node, RunNow runNow) {
    this.node = node;
    this.runNow = runNow;
  }

  void measure(Result result) throws Exception {
    List<IdleAgent> others = others(node.admin());
    double heapBefore = Heap.liveMib(node.pid());
    List<Double> heaps = new ArrayList<>();
    Visits visits = new Visits();
    Rounds rounds =
        Rounds.of(
            1,
            ROUNDS,
            () -> {
              try (Misbehaving misbehaving = new Misbehaving(node.url(), others, AT_MOST)) {
                TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
                Map<String, Double> figures = RunNow.figures(runNow.oneByOne(RUNS));
                heaps.add((double) Heap.liveMib(node.pid()));
                visits.add(misbehaving);
                return figures;
              }
            },
            () -> RunNow.figures(runNow.oneByOne(RUNS)));
    result.add(rounds.measure(RunNow.P50, "run now to `command.run`, p50", "ms", REFERENCE));
    result.add(
        rounds
            .measure(RunNow.P99, "run now to `command.run`, p99", "ms", REFERENCE)
            .atMost(MOST_P99_MILLIS));
    result.add(
        Measure.of("heap of live objects meanwhile", "MiB", new Sample(heaps))
            .beside(REFERENCE, Sample.of(heapBefore))
            .atMost(MOST_HEAP_MIB));
    visits.addTo(result);
  }

  /** Those that stay silent are asked for a backup too, which they never accept. */
  private static List<IdleAgent> others(Api admin) {
    String repository = FleetHost.repository(admin, "misbehaving");
    List<IdleAgent> all = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      FleetHost host = FleetHost.enrol(admin, "misbehaving-" + i, repository);
      host.runNow(admin);
      all.add(new IdleAgent(host.token()));
    }
    return all;
  }

  /** How often the misbehaving were let in, in all rounds. */
  private static final class Visits {

    private final long[] counts = new long[Misbehaviour.values().length];

    void add(Misbehaving misbehaving) {
      for (Misbehaviour way : Misbehaviour.values()) {
        counts[way.ordinal()] += misbehaving.visits(way);
      }
    }

    void addTo(Result result) {
      for (Misbehaviour way : Misbehaviour.values()) {
        String name = way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        result.add(Measure.of("let in, " + name, "times", counts[way.ordinal()]));
      }
    }
  }
}
