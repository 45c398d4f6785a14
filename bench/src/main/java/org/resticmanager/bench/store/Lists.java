package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Api;

/** Pages of the job list and of a log, over REST, and what the database does for each. */
final class Lists {

  private static final int CALLS = 100;
  private static final String NEWEST_FIRST = " order by id desc limit 101";

  private final Api admin;
  private final Connection database;
  private final LocalDate middle;

  /**
   * @param middle a day in the middle of all
   */
  Lists(Api admin, Connection database, LocalDate middle) {
    this.admin = admin;
    this.database = database;
    this.middle = middle;
  }

  /**
   * What is asked for, in REST and in SQL.
   *
   * @param path below {@code /api/v1/}
   */
  private record Question(String path, String sql) {}

  void measure(Result result) throws SQLException {
    for (Map.Entry<String, Question> named : questions().entrySet()) {
      Question question = named.getValue();
      Sample millis = rest(question.path());
      Explained sql = Explained.of(database, question.sql());
      result.add(
          Measure.of(named.getKey() + ", p50", "ms", millis.median())
              .beside("the statement alone", Sample.of(sql.milliseconds())));
      result.add(
          Measure.of(named.getKey() + ": read by the database", "pages of 8 KiB", sql.pages()));
    }
  }

  private Map<String, Question> questions() throws SQLException {
    String host = one("select host_id::text from job limit 1");
    String job =
        one(
            "select id::text from job where id >= job_log_bound('"
                + middle
                + "') order by id limit 1");
    String from = middle + "T00:00:00Z";
    String to = middle.plusDays(1) + "T00:00:00Z";
    String span =
        "queued_at >= '%s' and queued_at < '%s' and id >= job_log_bound('%s') and id <"
            + " job_log_bound('%s')";
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("all jobs, first page", jobs("", "true"));
    questions.put("all jobs, from the middle", jobs("cursor=" + job, "id < '" + job + "'"));
    questions.put("of a host", jobs("host=" + host, "host_id = '" + host + "'"));
    questions.put("that failed", jobs("status=failed", "status = 'failed'"));
    questions.put("that run (there are none)", jobs("status=running", "status = 'running'"));
    questions.put("of a rare kind", jobs("kind=check", "kind = 'check'"));
    questions.put(
        "of a host, failed",
        jobs("status=failed&host=" + host, "status = 'failed' and host_id = '" + host + "'"));
    questions.put(
        "of one day",
        jobs("from=" + from + "&to=" + to, span.formatted(from, to, middle, middle.plusDays(1))));
    questions.put(
        "lines of a log",
        new Question(
            "jobs/" + job + "/log?limit=100",
            "select seq, ts, stream, payload from job_log_line where job_id = '"
                + job
                + "' and seq > 0 order by seq limit 101"));
    return questions;
  }

  private static Question jobs(String query, String condition) {
    return new Question("jobs?" + query, "select * from job where " + condition + NEWEST_FIRST);
  }

  private Sample rest(String path) {
    Runnable ask = () -> admin.get("/api/v1/" + path, 200);
    Sample.millis(CALLS, ask); // warms up
    return Sample.millis(CALLS, ask);
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
