package org.resticmanager.bench.growth;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.dispatch.DispatchAgent;
import org.resticmanager.bench.figure.Progress;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.log.LogFleet;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.snapshots.ReportedSnapshots;

/**
 * What one of each costs on a node of some scale. Processor time is that of the control plane and
 * of its database.
 */
final class Costs {

  private static final int AGENTS = 20;
  private static final int RUNS = 200;
  private static final int CALLS = 40;
  private static final int LISTS = 2;
  private static final Duration LOGS = Duration.ofSeconds(Integer.getInteger("bench.seconds", 4));

  private final Map<String, Sample> figures = new LinkedHashMap<>();
  private final Node node;

  /** What the names of its hosts and repositories end with. */
  private final String label;

  private Costs(Node node, String label) {
    this.node = node;
    this.label = label;
  }

  /** The server becomes as warm as it is afterwards. */
  static void warmUp(Node node) throws IOException, InterruptedException {
    Costs costs = new Costs(node, "-warm");
    costs.jobs();
    costs.pages();
  }

  /** Measures on a node of this scale: figures by what they are. */
  static Map<String, Sample> at(Scale scale, Node node, Connection database) throws Exception {
    Costs costs = new Costs(node, "-" + scale.times());
    costs.jobs();
    Progress.say(scale + ": jobs are measured");
    costs.lines();
    Progress.say(scale + ": log lines are measured");
    costs.pages();
    Progress.say(scale + ": pages are measured");
    costs.snapshots(scale.snapshots(), database);
    Progress.say(scale + ": snapshots are measured");
    return costs.figures;
  }

  private void jobs() throws IOException, InterruptedException {
    Api admin = node.admin();
    try (Fleet fleet = new Fleet(node.url())) {
      List<DispatchAgent> agents = new ArrayList<>();
      String repository = FleetHost.repository(admin, "jobs" + label);
      for (int i = 0; i < AGENTS; i++) {
        DispatchAgent agent =
            new DispatchAgent(FleetHost.enrol(admin, "job-host-" + i + label, repository));
        fleet.connect(agent, agent.host().token());
        agents.add(agent);
      }
      runs(agents, RUNS / 2); // the first of them is when the repository is made
      CpuShare before = CpuShare.of(node, node.database());
      Sample millis = runs(agents, RUNS);
      CpuShare taken = CpuShare.of(node, node.database()).since(before);
      figures.put("run now to `command.run`, p50, ms", Sample.of(millis.median()));
      figures.put("processor of one job, ms", Sample.of(cpuNanos(taken) / 1e6 / RUNS));
    }
  }

  private Sample runs(List<DispatchAgent> agents, int count) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      millis.add(agents.get(i % agents.size()).runNow(node.admin()) / 1e6);
    }
    return new Sample(millis);
  }

  private void lines() throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(node.url())) {
      LogFleet logs = LogFleet.begin("log-host" + label, AGENTS, node.admin(), List.of(fleet));
      TimeUnit.NANOSECONDS.sleep(LOGS.toNanos());
      CpuShare before = CpuShare.of(node, node.database());
      long linesBefore = logs.confirmed();
      TimeUnit.NANOSECONDS.sleep(LOGS.toNanos());
      long lines = logs.confirmed() - linesBefore;
      CpuShare taken = CpuShare.of(node, node.database()).since(before);
      figures.put("processor of one log line, µs", Sample.of(cpuNanos(taken) / 1e3 / lines));
      logs.end();
    }
  }

  private static double cpuNanos(CpuShare taken) {
    return taken.node().plus(taken.database()).toNanos();
  }

  private void pages() {
    page("overview, p50, ms", "/dashboard.xhtml");
    page("hosts by name, p50, ms", "/hosts.xhtml");
    page("jobs, p50, ms", "/jobs.xhtml");
  }

  private void page(String name, String path) {
    Sample.millis(CALLS, () -> node.admin().page(path)); // warms up
    figures.put(name, Sample.of(Sample.millis(CALLS, () -> node.admin().page(path)).median()));
  }

  private void snapshots(int count, Connection database) throws SQLException, InterruptedException {
    try (ReportedSnapshots reported =
        new ReportedSnapshots(count, node.url(), node.admin(), database)) {
      List<Double> micros = new ArrayList<>();
      for (int i = -1; i < LISTS; i++) {
        double taken = reported.nanos() / 1e3 / count;
        if (i >= 0) { // the one before warmed up
          micros.add(taken);
        }
      }
      figures.put("one snapshot of a list, µs", new Sample(micros));
    }
  }
}
