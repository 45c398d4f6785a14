package org.resticmanager.bench.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.dispatch.DispatchAgent;
import org.resticmanager.bench.dispatch.IdleFleet;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.log.LogFleet;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Node;

/**
 * Jobs and log lines per second with one and two nodes on one database. Agents spread over the
 * nodes, and each request goes to another node than the host's agent, if there is one.
 */
public final class NodesBench {

  /** Each takes up to 20 connections, and the database that the first one brings has 60. */
  private static final int MOST_NODES = 2;

  private static final int JOB_HOSTS = 90;
  private static final int LOG_HOSTS = 90;
  private static final int PEOPLE = 9;
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 30));
  private static final Duration WARM_UP = MEASURED.dividedBy(2);

  private final List<Node> nodes = new ArrayList<>();
  private final List<Fleet> fleets = new ArrayList<>();

  private NodesBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Table table = new Table("nodes", "jobs per second", "cores", "log lines per second", "cores");
    for (int count = 1; count <= MOST_NODES; count++) {
      NodesBench bench = new NodesBench();
      try {
        bench.start(Path.of(arguments[0]), count);
        bench.measure(table);
      } finally {
        bench.stop();
      }
    }
    table.print(System.out);
  }

  private void start(Path jar, int count) throws IOException, InterruptedException {
    nodes.add(new Node(jar));
    while (nodes.size() < count) {
      nodes.add(nodes.get(0).another());
    }
    for (Node node : nodes) {
      fleets.add(new Fleet(node.url()));
    }
  }

  private void measure(Table table) throws IOException, InterruptedException, ExecutionException {
    String jobs = jobs();
    String lines = lines();
    table.row(Integer.toString(nodes.size()), "%s | %s", jobs, lines);
  }

  /** Each person has hosts of their own, and asks for the next backup when one has ended. */
  private String jobs() throws IOException, InterruptedException, ExecutionException {
    String repository = FleetHost.repository(nodes.get(0).admin(), "jobs");
    List<DispatchAgent> agents = new ArrayList<>();
    for (int i = 0; i < JOB_HOSTS; i++) {
      DispatchAgent agent =
          new DispatchAgent(FleetHost.enrol(nodes.get(0).admin(), "job-host-" + i, repository));
      fleets.get(i % fleets.size()).connect(agent, agent.host().token());
      agents.add(agent);
    }
    IdleFleet.awaitNothingOpen(nodes.get(0).admin());
    people(agents, WARM_UP);
    CpuShare before = cpu();
    long begun = System.nanoTime();
    int ended = people(agents, MEASURED);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    return figures(ended, elapsed, cpu().since(before));
  }

  private int people(List<DispatchAgent> agents, Duration lasts)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(PEOPLE);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        int first = i;
        all.add(() -> person(agents, first, lasts));
      }
      int ended = 0;
      for (Future<Integer> one : executor.invokeAll(all)) {
        ended += one.get();
      }
      return ended;
    } finally {
      executor.shutdown();
    }
  }

  private int person(List<DispatchAgent> agents, int first, Duration lasts)
      throws InterruptedException {
    long until = System.nanoTime() + lasts.toNanos();
    int ended = 0;
    for (int i = first; System.nanoTime() < until; i = (i + PEOPLE) % agents.size()) {
      agents.get(i).runNow(nodes.get((i + 1) % nodes.size()).admin());
      ended++;
    }
    return ended;
  }

  private String lines() throws IOException, InterruptedException {
    LogFleet logs = LogFleet.begin("log-host", LOG_HOSTS, nodes.get(0).admin(), fleets);
    TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
    CpuShare before = cpu();
    long begun = System.nanoTime();
    long linesBefore = logs.confirmed();
    TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
    long lines = logs.confirmed() - linesBefore;
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    String figures = figures(lines, elapsed, cpu().since(before));
    logs.end();
    return figures;
  }

  private CpuShare cpu() throws IOException {
    return CpuShare.of(nodes, nodes.get(0).database());
  }

  private static String figures(long done, Duration elapsed, CpuShare cpu) {
    return String.format("%,.0f | %s", done * 1e9 / elapsed.toNanos(), cpu.inCores(elapsed));
  }

  private void stop() throws IOException {
    for (Fleet fleet : fleets) {
      fleet.close();
    }
    for (int i = nodes.size(); i > 0; i--) {
      nodes.get(i - 1).close(); // the first one last: it has brought the database
    }
  }
}
