package org.resticmanager.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.node.Node;

/** A node whose database holds a million jobs and twenty million log lines. */
public final class StoreBench {

  private StoreBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Result result = Result.begin("store");
    try (Node node = new Node(Path.of(arguments[0]));
        Connection database = node.database().connect()) {
      ManyJobs jobs = new ManyJobs(database, ManyJobs.HOSTS, ManyJobs.JOBS);
      long lines = jobs.load();
      new Lists(node.admin(), database, jobs.firstDay().plusDays(ManyJobs.DAYS / 4))
          .measure(result);
      new Retention(database).measure(jobs.firstDay(), jobs.firstDay().plusDays(1), result);
      result.add(Measure.of("jobs in all", "", ManyJobs.JOBS));
      result.add(Measure.of("log lines in all", "", lines));
      result.publish();
    }
  }
}
