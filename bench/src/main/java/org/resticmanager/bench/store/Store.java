package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Progress;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.node.Api;

/** Pages of lists over REST, and the retention of logs. */
public final class Store {

  private Store() {}

  /** Of jobs that are there; gives them logs. */
  public static void measure(Api admin, Connection database, ManyJobs jobs, Result result)
      throws SQLException {
    long lines = jobs.log();
    Progress.say("the jobs have their logs");
    new Lists(admin, database, jobs.middle()).measure(result);
    new Retention(database).measure(jobs.firstDay(), jobs.firstDay().plusDays(1), result);
    result.add(Measure.of("log lines in all", "", lines));
  }
}
