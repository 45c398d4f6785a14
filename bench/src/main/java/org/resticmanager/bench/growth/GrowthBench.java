package org.resticmanager.bench.growth;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Progress;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.store.ManyHosts;
import org.resticmanager.bench.store.ManyJobs;
import org.resticmanager.bench.store.Pages;
import org.resticmanager.bench.store.Store;

/**
 * One node whose fleet grows: what one job, one log line, one page and one snapshot cost with four
 * and with sixteen times as many hosts, jobs and snapshots, where the reference is the same with
 * the fewest; then, with the most, what pages cost and what lists and retention do.
 */
public final class GrowthBench {

  private static final Scale LARGEST = new Scale(Growth.MOST);

  /** What is told of one of many, and so must stay the same; all else may grow as the fleet. */
  private static final String OF_ONE = "one ";

  private static final String GROWTH = "growth";
  private static final String PAGES = "pages";
  private static final String STORE = "store";

  private final Node node;
  private final Connection database;
  private final ManyJobs jobs;
  private final ManyHosts hosts;

  private GrowthBench(Node node, Connection database) throws SQLException {
    this.node = node;
    this.database = database;
    jobs = new ManyJobs(database);
    hosts = new ManyHosts(database);
  }

  /**
   * @param arguments the control plane's runnable file, Payara Micro's, and which are wanted:
   *     {@code growth}, {@code pages}, {@code store}
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Arrays.stream(arguments).skip(2).collect(Collectors.toSet());
    try (Node node = new Node(Path.of(arguments[0]));
        Connection database = node.database().connect()) {
      GrowthBench bench = new GrowthBench(node, database);
      if (wanted.contains(GROWTH)) {
        bench.growth();
      } else {
        bench.growTo(LARGEST);
      }
      if (wanted.contains(PAGES)) {
        bench.pages(Path.of(arguments[1]));
      }
      if (wanted.contains(STORE)) {
        bench.store();
      }
    }
  }

  private void growTo(Scale scale) throws SQLException, InterruptedException {
    jobs.growTo(scale.hosts(), scale.jobs());
    Progress.say(scale + ": the jobs are there");
    hosts.plan();
    Progress.say(scale + ": the hosts are judged");
  }

  private void growth() throws Exception {
    Result result = Result.begin(GROWTH);
    Growth growth = new Growth(result);
    for (int times : Growth.TIMES) {
      Scale scale = new Scale(times);
      growTo(scale);
      if (times == 1) {
        Costs.warmUp(node);
      }
      Costs.at(scale, node, database)
          .forEach(
              (name, figure) -> {
                if (name.contains(OF_ONE)) {
                  growth.ofOne(times, name, figure);
                } else {
                  growth.ofAll(times, name, figure);
                }
              });
    }
    result.publish();
  }

  private void pages(Path payaraMicro) throws Exception {
    Result result = Result.begin(PAGES);
    Pages.measure(node.admin(), node.database(), payaraMicro, result);
    addScale(result);
    result.publish();
  }

  private void store() throws Exception {
    Result result = Result.begin(STORE);
    Store.measure(node.admin(), database, jobs, result);
    addScale(result);
    result.publish();
  }

  private static void addScale(Result result) {
    result.add(Measure.of("hosts", "", LARGEST.hosts()));
    result.add(Measure.of("jobs in all", "", LARGEST.jobs()));
    result.add(Measure.of("snapshots", "", (double) LARGEST.hosts() * ManyHosts.SNAPSHOTS));
  }
}
