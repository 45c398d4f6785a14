package org.resticmanager.bench.log;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.CopyIn;
import org.resticmanager.bench.node.CpuShare;
import org.resticmanager.bench.node.Node;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * Log lines committed per second: a node with its own PostgreSQL, and a hundred agents that stream
 * as fast as they are confirmed.
 */
public final class LogBench {

  private static final int AGENTS = 100;
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
  private static final int COPIES = 3;
  private static final double LEAST_RATIO = 0.4;
  private static final Duration WARM_UP = MEASURED.dividedBy(2);

  private LogBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Result result = Result.begin("log");
    try (Node node = new Node(Path.of(arguments[0]));
        Fleet fleet = new Fleet(node.url())) {
      NodeDatabase database = node.database();
      LogFleet logs = LogFleet.begin("host", AGENTS, node.admin(), List.of(fleet));
      TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());

      CpuShare cpuBefore = CpuShare.of(node, database);
      long linesBefore = logs.confirmed();
      long begun = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
      long lines = logs.confirmed() - linesBefore;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
      CpuShare cpu = CpuShare.of(node, database).since(cpuBefore);

      logs.end();
      check(node.admin(), logs.agents());
      result.add(
          Measure.of("log lines committed", "per second", lines * 1e9 / elapsed.toNanos())
              .beside("one plain COPY", copied(database, node.folder().resolve("lines")))
              .ratioAtLeast(LEAST_RATIO));
      cpu.inCores(elapsed)
          .forEach((who, cores) -> result.add(Measure.of("meanwhile: " + who, "cores", cores)));
      result.add(Measure.of("lines stored in all", "", logs.confirmed()));
      result.publish();
    }
  }

  private static Sample copied(NodeDatabase database, Path file) throws SQLException, IOException {
    List<Double> rates = new ArrayList<>();
    try (Connection connection = database.connect()) {
      CopyIn copy = new CopyIn(connection, "job_log_line", file);
      for (int i = 0; i < COPIES; i++) {
        rates.add(copy.rowsPerSecond());
      }
    }
    return new Sample(rates);
  }

  /** What was confirmed is there, and its end is the log's. */
  private static void check(Api admin, List<LogAgent> agents) {
    for (LogAgent agent : agents) {
      long last = agent.confirmed();
      JsonArray end =
          admin
              .get("/api/v1/jobs/" + agent.job() + "/log?after=" + (last - 1), 200)
              .getJsonArray("items");
      if (end.size() != 1 || end.getJsonObject(0).getJsonNumber("seq").longValueExact() != last) {
        throw new IllegalStateException("the log does not end with line " + last + ": " + end);
      }
    }
  }
}
