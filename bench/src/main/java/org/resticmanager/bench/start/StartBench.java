package org.resticmanager.bench.start;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.growth.Scale;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.CpuClock;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.store.ManyJobs;

/**
 * From the start of the runnable file, with the database that it brings, until it is ready; beside
 * Payara Micro with an application of one page.
 */
public final class StartBench {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final String WALL = "wall";
  private static final String CPU = "CPU";
  private static final String REFERENCE = "empty Payara Micro";
  private static final double MOST_RATIO = 2.5;

  private StartBench() {}

  /**
   * @param arguments the control plane's runnable file, and Payara Micro's
   */
  public static void main(String[] arguments) throws Exception {
    Path payaraMicro = Path.of(arguments[1]);
    Result result = Result.begin("start");
    try (Node node = new Node(Path.of(arguments[0]))) {
      Duration first = node.startTook();
      node.stop();
      Rounds rounds =
          Rounds.of(0, ROUNDS, () -> again(node), () -> bare(payaraMicro, BareApplication.of()));
      result.add(
          rounds.measure(WALL, "start to the first 200", "s", REFERENCE).ratioAtMost(MOST_RATIO));
      result.add(rounds.measure(CPU, "processor time until then", "s", REFERENCE));
      double oneOfEach = bare(payaraMicro, OneOfEach.application()).get(WALL);
      result.add(
          Measure.of("start to the first 200", "s", rounds.ours(WALL))
              .beside("Payara Micro with one bean of each kind", Sample.of(oneOfEach)));
      result.add(
          Measure.of(
              "the very first start, which makes the database", "s", Measure.seconds(first)));
      growth(node, result);
    }
    result.publish();
  }

  /** With more hosts and jobs each time. */
  private static void growth(Node node, Result result) throws Exception {
    Growth growth = new Growth(result);
    node.start();
    for (int times : Growth.TIMES) {
      Scale scale = new Scale(times);
      try (Connection database = node.database().connect()) {
        new ManyJobs(database).growTo(scale.hosts(), scale.jobs());
      }
      node.stop();
      node.start();
      Sample took = Sample.of(Measure.seconds(node.startTook()));
      growth.ofAll(times, "start to the first 200, s", took);
      if (times == Growth.MOST) {
        result.add(Measure.of("16×: hosts", "", scale.hosts()));
        result.add(Measure.of("16×: jobs", "", scale.jobs()));
      }
    }
  }

  private static Map<String, Double> again(Node node) throws IOException, InterruptedException {
    node.start();
    Map<String, Double> figures = figures(node.startTook(), node.pid());
    node.stop();
    return figures;
  }

  private static Map<String, Double> bare(Path payaraMicro, BareApplication application)
      throws IOException, InterruptedException {
    try (BareServer server = new BareServer(payaraMicro, application)) {
      return figures(server.startTook(), server.pid());
    }
  }

  private static Map<String, Double> figures(Duration wall, long pid) throws IOException {
    return Map.of(WALL, Measure.seconds(wall), CPU, Measure.seconds(CpuClock.ofTree(pid)));
  }
}
