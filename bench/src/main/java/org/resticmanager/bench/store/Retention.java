package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;

/** What it takes to drop the logs of a day as the control plane does it, and by DELETE. */
final class Retention {

  private final Connection database;

  Retention(Connection database) {
    this.database = database;
  }

  /** Drops the logs of two days. */
  void measure(LocalDate dropped, LocalDate deleted, Result result) throws SQLException {
    try (Statement statement = database.createStatement()) {
      double sizes = millis(statement, sizes());
      double anyOpen = millis(statement, anyOpen(dropped));
      long begun = System.nanoTime();
      database.setAutoCommit(false);
      statement.execute(
          "update job_log set dropped_at = now() where job_id >= job_log_bound('%s') and job_id <"
                  .formatted(dropped)
              + " job_log_bound('%s') and dropped_at is null".formatted(dropped.plusDays(1)));
      statement.execute("drop table " + partition(dropped));
      database.commit();
      database.setAutoCommit(true);
      double drop = (System.nanoTime() - begun) / 1e6;
      begun = System.nanoTime();
      int lines = statement.executeUpdate("delete from " + partition(deleted));
      statement.execute("vacuum " + partition(deleted));
      double delete = (System.nanoTime() - begun) / 1e6;
      result.add(Measure.of("retention: sizes of all days", "ms", sizes));
      result.add(Measure.of("retention: whether a job of the day is open", "ms", anyOpen));
      result.add(
          Measure.of("retention: the day noted and dropped", "ms", drop)
              .beside("DELETE and VACUUM of a day", Sample.of(delete)));
      result.add(Measure.of("lines of a day", "", lines));
    }
  }

  private static String sizes() {
    return "select c.relname, pg_total_relation_size(c.oid) from pg_inherits i join pg_class c on"
        + " c.oid = i.inhrelid where i.inhparent = 'job_log_line'::regclass order by c.relname";
  }

  private static String anyOpen(LocalDate day) {
    return "select id from job where id >= job_log_bound('%s') and id < job_log_bound('%s') and"
            .formatted(day, day.plusDays(1))
        + " (finished_at is null or finished_at >= now() - interval '80 days') limit 1";
  }

  private static double millis(Statement statement, String query) throws SQLException {
    long begun = System.nanoTime();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {}
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static String partition(LocalDate day) {
    return "job_log_line_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
