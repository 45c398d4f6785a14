package org.resticmanager.bench.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * From the REST request "run now" to {@code command.run} on the host's socket, with idle agents
 * connected; and what these cost while nothing happens.
 */
final class Dispatch {

  /** Until then the server's JVM compiles, which takes both cores. */
  private static final int WARM_UPS = 4;

  private static final int ROUNDS = 4;
  private static final int RUNS = 200;
  private static final int AT_ONCE = 10;
  private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 15));
  private static final double MOST_RATIO = 3;
  private static final double MOST_P99_MILLIS = 250;

  /** What any call of this server takes at least. */
  private static final String NOTHING = "/health/live";

  private static final String REFERENCE = "an UPDATE and a WebSocket round trip";

  private final Node node;
  private final RunNow runNow;
  private final Path payaraMicro;

  Dispatch(Node node, RunNow runNow, Path payaraMicro) {
    this.node = node;
    this.runNow = runNow;
    this.payaraMicro = payaraMicro;
  }

  void measure(double heapWithoutAgents, Result result) throws Exception {
    Api admin = node.admin();
    FleetHost other = FleetHost.enrol(admin, "reference", FleetHost.repository(admin, "reference"));
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
              () -> RunNow.figures(runNow.oneByOne(RUNS)),
              () -> RunNow.figures(roundTrip.nanos(RUNS)));
      result.add(
          rounds
              .measure(RunNow.P50, "run now to `command.run`, p50", "ms", REFERENCE)
              .ratioAtMost(MOST_RATIO));
      result.add(
          rounds
              .measure(RunNow.P99, "run now to `command.run`, p99", "ms", REFERENCE)
              .atMost(MOST_P99_MILLIS));
      Rounds least =
          Rounds.of(
              1,
              ROUNDS,
              () -> Map.of(RunNow.P50, Sample.millis(RUNS, () -> admin.page(NOTHING)).median()),
              () -> RunNow.figures(roundTrip.nanos(RUNS)));
      result.add(
          least.measure(
              RunNow.P50,
              "a call that does nothing (`GET " + NOTHING + "`), p50",
              "ms",
              REFERENCE));
      result.add(leastOrder(roundTrip));
    }
    Rounds rounds =
        Rounds.of(
            0,
            ROUNDS,
            () -> RunNow.figures(runNow.atOnce(AT_ONCE, RUNS)),
            () -> RunNow.figures(runNow.gets(RUNS)));
    String atOnce = "the same, " + AT_ONCE + " at a time, ";
    result.add(Measure.of(atOnce + "p50", "ms", rounds.ours(RunNow.P50)));
    result.add(Measure.of(atOnce + "p99", "ms", rounds.ours(RunNow.P99)).atMost(MOST_P99_MILLIS));
    result.add(
        Measure.of("GET of a host, one after the other, p50", "ms", rounds.reference(RunNow.P50)));
    idle.inCores(IDLE)
        .forEach((who, cores) -> result.add(Measure.of("idle: " + who, "cores", cores)));
    result.add(
        Measure.of("heap of live objects with " + runNow.agents().size() + " agents", "MiB", heap)
            .beside("without agents", Sample.of(heapWithoutAgents)));
  }

  /** What this server takes for an order however little is done for it. */
  private Measure leastOrder(RoundTrip roundTrip) throws Exception {
    try (LeastOrder order = new LeastOrder(payaraMicro, node.database())) {
      return Rounds.of(
              WARM_UPS,
              ROUNDS,
              () -> RunNow.figures(order.nanos(RUNS)),
              () -> RunNow.figures(roundTrip.nanos(RUNS)))
          .measure(
              RunNow.P50,
              "the least application of this server that does the same (a call, a bean's UPDATE, a"
                  + " frame), p50",
              "ms",
              REFERENCE);
    }
  }
}
