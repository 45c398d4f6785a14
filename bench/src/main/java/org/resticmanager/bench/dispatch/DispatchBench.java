package org.resticmanager.bench.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * From the REST request "run now" to {@code command.run} on the host's socket, with a thousand idle
 * agents connected; and what these cost while nothing happens.
 */
public final class DispatchBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 1000);

  /** Until then the server's JVM compiles, which takes both cores. */
  private static final int WARM_UPS = 5;

  private static final int ROUNDS = 5;
  private static final int RUNS = 200;
  private static final int AT_ONCE = 10;
  private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));
  private static final double MOST_RATIO = 3;
  private static final double MOST_P99_MILLIS = 250;
  static final String P50 = "p50";
  static final String P99 = "p99";
  private static final String REFERENCE = "an UPDATE and a WebSocket round trip";

  private DispatchBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments) throws Exception {
    Result result = Result.begin("dispatch");
    try (Node node = new Node(Path.of(arguments[0]));
        Fleet fleet = new Fleet(node.url())) {
      Api admin = node.admin();
      double heapBefore = Heap.liveMib(node.pid());
      List<DispatchAgent> agents = IdleFleet.of(AGENTS, admin, fleet);
      FleetHost other =
          FleetHost.enrol(admin, "reference", FleetHost.repository(admin, "reference"));

      NodeDatabase database = node.database();
      CpuShare before = CpuShare.of(node, database);
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
      CpuShare idle = CpuShare.of(node, database).since(before);
      double heap = Heap.liveMib(node.pid());

      try (RoundTrip roundTrip = new RoundTrip(node.url(), other, database)) {
        Rounds rounds =
            Rounds.of(
                WARM_UPS,
                ROUNDS,
                () -> figures(runs(agents, admin)),
                () -> figures(roundTrip.nanos(RUNS)));
        result.add(
            rounds
                .measure(P50, "run now to `command.run`, p50", "ms", REFERENCE)
                .ratioAtMost(MOST_RATIO));
        result.add(
            rounds
                .measure(P99, "run now to `command.run`, p99", "ms", REFERENCE)
                .atMost(MOST_P99_MILLIS));
        rounds =
            Rounds.of(
                0,
                ROUNDS,
                () -> figures(runsAtOnce(agents, admin)),
                () -> figures(gets(agents, admin)));
        result.add(Measure.of("the same, " + AT_ONCE + " at a time, p50", "ms", rounds.ours(P50)));
        result.add(
            Measure.of("the same, " + AT_ONCE + " at a time, p99", "ms", rounds.ours(P99))
                .atMost(MOST_P99_MILLIS));
        result.add(
            Measure.of("GET of a host, one after the other, p50", "ms", rounds.reference(P50)));
      }
      idle.inCores(IDLE)
          .forEach((who, cores) -> result.add(Measure.of("idle: " + who, "cores", cores)));
      result.add(
          Measure.of("heap of live objects with " + AGENTS + " agents", "MiB", heap)
              .beside("without agents", Sample.of(heapBefore)));
      result.publish();
    }
  }

  static Map<String, Double> figures(Sample nanos) {
    return Map.of(P50, nanos.median() / 1e6, P99, nanos.percentile(99) / 1e6);
  }

  /** In nanoseconds, of hosts taken at random, one after the other. */
  private static Sample runs(List<DispatchAgent> agents, Api admin) throws InterruptedException {
    return runs(agents, admin, RUNS);
  }

  static Sample runs(List<DispatchAgent> agents, Api admin, int count) throws InterruptedException {
    Random random = new Random();
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(agents.get(random.nextInt(agents.size())).runNow(admin));
    }
    return new Sample(runs);
  }

  /** What any call of the API takes, in nanoseconds. */
  private static Sample gets(List<DispatchAgent> agents, Api admin) {
    Random random = new Random();
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      String host = agents.get(random.nextInt(agents.size())).host().id();
      long asked = System.nanoTime();
      admin.get("/api/v1/hosts/" + host, 200);
      nanos.add(System.nanoTime() - asked);
    }
    return new Sample(nanos);
  }

  /** Each thread has hosts of its own, so that no host has to do two things at once. */
  private static Sample runsAtOnce(List<DispatchAgent> agents, Api admin)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Sample>> all = new ArrayList<>();
      int share = agents.size() / AT_ONCE;
      for (int i = 0; i < AT_ONCE; i++) {
        List<DispatchAgent> own = agents.subList(i * share, (i + 1) * share);
        all.add(() -> runs(own, admin, RUNS / AT_ONCE));
      }
      List<Sample> runs = new ArrayList<>();
      for (Future<Sample> one : executor.invokeAll(all)) {
        runs.add(one.get());
      }
      return Sample.all(runs);
    } finally {
      executor.shutdown();
    }
  }
}
