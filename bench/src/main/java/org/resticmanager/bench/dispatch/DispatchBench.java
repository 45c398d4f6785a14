package org.resticmanager.bench.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.fleet.Fleet;
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

  private static final int AGENTS = 1000;
  private static final int WARM_UP_RUNS = 200;
  private static final int RUNS = 1000;
  private static final int AT_ONCE = 10;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private DispatchBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    try (Node node = new Node(Path.of(arguments[0]));
        Fleet fleet = new Fleet(node.url())) {
      Api admin = node.admin();
      long heapBefore = Heap.liveMib(node.pid());
      List<DispatchAgent> agents = IdleFleet.of(AGENTS, admin, fleet);

      NodeDatabase database = node.database();
      CpuShare before = CpuShare.of(node, database);
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
      CpuShare idle = CpuShare.of(node, database).since(before);
      long heap = Heap.liveMib(node.pid());

      oneByOne(agents, admin, WARM_UP_RUNS);
      Measured single = oneByOne(agents, admin, RUNS);
      Measured together = atOnce(agents, admin);

      Table times = new Table("milliseconds", "runs", "p50", "p99", "most");
      row(times, "GET of a host, one after the other", single.references());
      row(times, "run now to `command.run`, one after the other", single.runs());
      row(times, "GET of a host, " + AT_ONCE + " at a time", together.references());
      row(times, "run now to `command.run`, " + AT_ONCE + " at a time", together.runs());
      times.row(
          "ratio of p50, one after the other",
          "| %.1f | | ",
          single.runs().median() / single.references().median());
      times.print(System.out);
      Table cost = new Table("with " + AGENTS + " idle agents", "");
      cost.row("cores taken", "%s", idle.inCores(IDLE));
      cost.row("heap after a full collection", "%d MiB (%d MiB without agents)", heap, heapBefore);
      cost.print(System.out);
    }
  }

  /** In nanoseconds. */
  private record Measured(Sample references, Sample runs) {}

  /** Each run beside a call that does next to nothing. */
  private static Measured oneByOne(List<DispatchAgent> agents, Api admin, int count)
      throws InterruptedException {
    Random random = new Random(count);
    List<Long> references = new ArrayList<>();
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DispatchAgent agent = agents.get(random.nextInt(agents.size()));
      references.add(get(agent, admin));
      runs.add(agent.runNow(admin));
    }
    return new Measured(new Sample(references), new Sample(runs));
  }

  private static long get(DispatchAgent agent, Api admin) {
    long asked = System.nanoTime();
    admin.get("/api/v1/hosts/" + agent.host().id(), 200);
    return System.nanoTime() - asked;
  }

  /** Each thread has hosts of its own, so that no host has to do two things at once. */
  private static Measured atOnce(List<DispatchAgent> agents, Api admin)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Measured>> all = new ArrayList<>();
      int share = agents.size() / AT_ONCE;
      for (int i = 0; i < AT_ONCE; i++) {
        List<DispatchAgent> own = agents.subList(i * share, (i + 1) * share);
        all.add(() -> oneByOne(own, admin, RUNS / AT_ONCE));
      }
      List<Sample> references = new ArrayList<>();
      List<Sample> runs = new ArrayList<>();
      for (Future<Measured> one : executor.invokeAll(all)) {
        references.add(one.get().references());
        runs.add(one.get().runs());
      }
      return new Measured(Sample.all(references), Sample.all(runs));
    } finally {
      executor.shutdown();
    }
  }

  private static void row(Table table, String name, Sample nanos) {
    table.row(
        name,
        "%,d | %.1f | %.1f | %.1f",
        nanos.count(),
        nanos.median() / 1e6,
        nanos.percentile(99) / 1e6,
        nanos.most() / 1e6);
  }
}
