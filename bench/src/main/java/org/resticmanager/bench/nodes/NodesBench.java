package org.resticmanager.bench.nodes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.AtOnce;
import org.resticmanager.bench.dispatch.DispatchAgent;
import org.resticmanager.bench.dispatch.IdleFleet;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.log.LogFleet;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.SharedDatabase;

/**
 * Jobs and log lines per second with one, two and three nodes on one database. Agents spread over
 * the nodes, and each request goes to another node than the host's agent, if there is one.
 */
public final class NodesBench {

  private static final int MOST_NODES = 3;
  private static final int JOB_HOSTS = 90;
  private static final int LOG_HOSTS = 90;
  private static final int PEOPLE = 9;
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
  private static final Duration WARM_UP = MEASURED.dividedBy(2);

  private final List<Node> nodes = new ArrayList<>();
  private final List<Fleet> fleets = new ArrayList<>();

  private NodesBench() {}

  /**
   * @param arguments the control plane's runnable file, and {@code ci/database}
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Result result = Result.begin("nodes");
    NodesBench bench = new NodesBench();
    try (SharedDatabase database = new SharedDatabase(Path.of(arguments[1]))) {
      try {
        bench.start(new Node(Path.of(arguments[0]), database.database()));
        bench.measure(result);
        while (bench.nodes.size() < MOST_NODES) {
          bench.start(bench.nodes.get(0).another());
          bench.measure(result);
        }
      } finally {
        bench.stop();
      }
    }
    result.publish();
  }

  private void start(Node node) throws IOException {
    nodes.add(node);
    fleets.add(new Fleet(node.url()));
  }

  private void measure(Result result) throws IOException, InterruptedException, ExecutionException {
    String with = " with " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes");
    jobs(with, result);
    lines(with, result);
  }

  /** Each person has hosts of their own, and asks for the next backup when one has ended. */
  private void jobs(String with, Result result)
      throws IOException, InterruptedException, ExecutionException {
    String repository = FleetHost.repository(nodes.get(0).admin(), "jobs" + label());
    List<DispatchAgent> agents = new ArrayList<>();
    for (int i = 0; i < JOB_HOSTS; i++) {
      DispatchAgent agent =
          new DispatchAgent(
              FleetHost.enrol(nodes.get(0).admin(), "job-host-" + i + label(), repository));
      fleets.get(i % fleets.size()).connect(agent, agent.host().token());
      agents.add(agent);
    }
    IdleFleet.awaitNothingOpen(nodes.get(0).admin());
    people(agents, WARM_UP);
    CpuShare before = cpu();
    long begun = System.nanoTime();
    int ended = people(agents, MEASURED);
    add("jobs", with, ended, begun, before, result);
  }

  private int people(List<DispatchAgent> agents, Duration lasts)
      throws InterruptedException, ExecutionException {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      int first = i;
      all.add(() -> person(agents, first, lasts));
    }
    return AtOnce.all(PEOPLE, all).stream().mapToInt(Integer::intValue).sum();
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

  private void lines(String with, Result result) throws IOException, InterruptedException {
    LogFleet logs = LogFleet.begin("log-host" + label(), LOG_HOSTS, nodes.get(0).admin(), fleets);
    TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
    CpuShare before = cpu();
    long begun = System.nanoTime();
    long linesBefore = logs.confirmed();
    TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
    add("log lines", with, logs.confirmed() - linesBefore, begun, before, result);
    logs.end();
  }

  /** What the names of hosts and repositories end with. */
  private String label() {
    return "-" + nodes.size();
  }

  private CpuShare cpu() throws IOException {
    return CpuShare.of(nodes, nodes.get(0).database());
  }

  private void add(String what, String with, long done, long begun, CpuShare before, Result result)
      throws IOException {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    CpuShare taken = cpu().since(before);
    String name = what + with;
    result.add(Measure.of(name, "per second", done * 1e9 / elapsed.toNanos()));
    taken
        .inCores(elapsed)
        .forEach((who, cores) -> result.add(Measure.of(name + ": " + who, "cores", cores)));
  }

  private void stop() throws IOException {
    for (Fleet fleet : fleets) {
      fleet.close();
    }
    for (int i = nodes.size(); i > 0; i--) {
      nodes.get(i - 1).close();
    }
  }
}
