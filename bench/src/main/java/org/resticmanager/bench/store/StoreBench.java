package org.resticmanager.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.node.Node;

/** A node whose database holds a million jobs and twenty million log lines. */
public final class StoreBench {

  private StoreBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    try (Node node = new Node(Path.of(arguments[0]));
        Connection database = node.database().connect()) {
      ManyJobs jobs = new ManyJobs(database, ManyJobs.HOSTS);
      long lines = jobs.load();
      Table lists =
          new Lists(node.admin(), database, jobs.firstDay().plusDays(ManyJobs.DAYS / 4)).measure();
      Table retention =
          new Retention(database).measure(jobs.firstDay(), jobs.firstDay().plusDays(1));
      System.out.printf(
          "%,d jobs of %,d hosts, %,d log lines%n", ManyJobs.JOBS, ManyJobs.HOSTS, lines);
      lists.print(System.out);
      retention.print(System.out);
    }
  }
}
