package org.resticmanager.joblog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.resticmanager.TestDatabase;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/**
 * How fast lines go into the database, side by side; run with {@code -Djoblog.bench=true
 * -Dtest.durable=on}.
 */
@EnabledIfSystemProperty(named = "joblog.bench", matches = "true")
class JobLogBench {

  private static final int JOBS = 100;
  private static final int BATCH = 500;
  private static final int ROUNDS = 10;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TEXT =
      "unchanged /home/somebody/documents/2026/invoice-0123456789.pdf "
          + "with a name as long as they are, in all 120";

  private final TestDatabase database = TestDatabase.create();
  private final JobLogStore store = new JobLogStore(database);

  @Test
  void compare() {
    System.out.println("fsync " + database.value("show fsync"));
    for (int warm = 0; warm < 2; warm++) {
      double plain = rate("one plain COPY", this::plainCopy);
      report(plain, "batched insert, 500 a commit", rate("", this::batchedInsert));
      report(plain, "ours, 500 of one job a commit", rate("", () -> ours(1)));
      report(plain, "ours, 500 each of 10 jobs a commit", rate("", () -> ours(10)));
      report(plain, "ours, 500 each of 40 jobs a commit", rate("", () -> ours(40)));
    }
  }

  private static void report(double plain, String name, double rate) {
    System.out.printf(
        Locale.ROOT, "%-40s %,10.0f lines/s  %.2f of one COPY%n", name, rate, rate / plain);
  }

  private double rate(String name, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1e9;
    double rate = JOBS * BATCH * ROUNDS / seconds;
    if (!name.isEmpty()) {
      System.out.printf(Locale.ROOT, "%-40s %,10.0f lines/s%n", name, rate);
    }
    return rate;
  }

  private List<JobId> jobs() {
    UUID host = database.addHost("bench " + System.nanoTime());
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(new JobId(database.addJob(host)));
    }
    new LogPartitionStore(database).create(LogDay.of(jobs.get(0)));
    return jobs;
  }

  private static List<LogStream> lines(JobId job, int round) {
    List<LogStream> lines = new ArrayList<>(BATCH);
    for (int i = 1; i <= BATCH; i++) {
      lines.add(
          new LogStream(job.toString(), (long) round * BATCH + i, NOW, LogStreamName.STDOUT, TEXT));
    }
    return lines;
  }

  private void plainCopy() {
    List<JobId> jobs = jobs();
    try (var connection = database.connection()) {
      LogRows rows = new LogRows();
      for (int round = 0; round < ROUNDS; round++) {
        for (JobId job : jobs) {
          lines(job, round).forEach(line -> rows.add(job, line, NOW));
        }
      }
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy job_log_line (" + LogRows.COLUMNS + ") from stdin (format binary)",
              new ByteArrayInputStream(rows.toBytes()));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private DataSource rewriting() throws SQLException {
    PGSimpleDataSource source = database.dataSource().unwrap(PGSimpleDataSource.class);
    source.setReWriteBatchedInserts(true);
    return source;
  }

  private void batchedInsert() {
    List<JobId> jobs = jobs();
    try (var connection = rewriting().getConnection()) {
      connection.setAutoCommit(false);
      for (int round = 0; round < ROUNDS; round++) {
        for (JobId job : jobs) {
          try (var insert =
              connection.prepareStatement(
                  "insert into job_log_line (job_id, seq, ts, stream, payload)"
                      + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
            for (LogStream line : lines(job, round)) {
              insert.setObject(1, job.value());
              insert.setLong(2, line.seq());
              insert.setObject(3, line.ts().atOffset(ZoneOffset.UTC));
              insert.setString(4, line.stream().wireName());
              insert.setString(5, line.payload());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          connection.commit();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ours(int jobsPerCommit) {
    List<JobId> jobs = jobs();
    for (int round = 0; round < ROUNDS; round++) {
      for (int from = 0; from < JOBS; from += jobsPerCommit) {
        List<LogBatch> batches = new ArrayList<>();
        for (JobId job : jobs.subList(from, Math.min(JOBS, from + jobsPerCommit))) {
          batches.add(new LogBatch(job, lines(job, round)));
        }
        database.inTransaction(() -> store.write(batches, NOW));
      }
    }
  }
}
