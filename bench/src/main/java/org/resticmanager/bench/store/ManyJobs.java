package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Fills a node's database behind its back: a fleet's jobs and logs of three months. */
public final class ManyJobs {

  /** As many as a large fleet has in three months. */
  static final int JOBS = Integer.getInteger("bench.jobs", 1_000_000);

  static final int HOSTS = 1000;
  static final int DAYS = 90;
  static final int LINES_PER_JOB = 20;

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Connection database;
  private final int hosts;
  private final int jobs;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  /** So many jobs, dealt out evenly to so many hosts; there are none yet. */
  public ManyJobs(Connection database, int hosts, int jobs) {
    this.database = database;
    this.hosts = hosts;
    this.jobs = jobs;
  }

  /** The first day of which there are jobs. */
  LocalDate firstDay() {
    return today.minusDays(DAYS);
  }

  /** How many lines fit in ten minutes, the oldest days first; with the jobs always all. */
  long load() throws SQLException {
    loadJobs();
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "insert into job_log (job_id, contiguous_seq, highest_seq, line_count) select id, n, n, n"
              + " from job, (select "
              + LINES_PER_JOB
              + " as n) lines");
      long lines = lines(statement);
      statement.execute("vacuum analyze");
      return lines;
    }
  }

  /** The hosts and their jobs. */
  public void loadJobs() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "insert into host (id, name, hostname, os, arch, enrolled_at) select gen_random_uuid(),"
              + " 'host-' || i, 'host-' || i, 'linux', 'amd64', now() from generate_series(1, "
              + hosts
              + ") i");
      statement.execute(
          "insert into repository (id, name, url, created_at)"
              + " values (gen_random_uuid(), 'repository', '/nowhere', now())");
      statement.execute(jobs());
      statement.execute("vacuum analyze");
    }
  }

  /** One in a hundred failed, a few are checks; identifiers begin with the moment of queueing. */
  private String jobs() {
    return "with host_numbered as (select id, row_number() over (order by name) as n from host),"
        + " moment as (select i, timestamptz '"
        + firstDay()
        + " 00:00Z' + i * interval '"
        + Duration.ofDays(DAYS).dividedBy(jobs).toMillis()
        + " ms' as at from generate_series(0, "
        + (jobs - 1)
        + ") i), named as (select i, at,"
        + " (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')"
        + " || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid as id"
        + " from moment)"
        + " insert into job (id, first_job_id, host_id, repository_id, source_group_name, kind,"
        + " status, queued_at, queued_by, dispatched_at, accepted_at, started_at, finished_at,"
        + " exit_code) select named.id, named.id, h.id, (select id from repository), 'files',"
        + " case when i % 1000 = 0 then 'check' else 'backup' end,"
        + " case when i % 100 = 0 then 'failed' else 'succeeded' end,"
        + " at, 'admin', at, at, at, at + interval '5 minutes', 0"
        + " from named join host_numbered h on h.n = 1 + i % "
        + hosts;
  }

  private long lines(Statement statement) throws SQLException {
    long until = System.nanoTime() + LIMIT.toNanos();
    long lines = 0;
    for (int day = 0; day < DAYS && System.nanoTime() < until; day++) {
      LocalDate date = firstDay().plusDays(day);
      call(statement, "select create_job_log_partition('" + date + "')");
      lines +=
          statement.executeUpdate(
              String.format(
                  Locale.ROOT,
                  "insert into job_log_line select id, seq, queued_at, 'stdout', 'new       /home/"
                      + "anna/projects/2026/report/figures/turnover-' || seq || '.svg, saved in"
                      + " 0.003s (12.345 KiB added)' from job, generate_series(1, %d) seq where id"
                      + " >= job_log_bound('%s') and id < job_log_bound('%s')",
                  LINES_PER_JOB,
                  date,
                  date.plusDays(1)));
    }
    return lines;
  }

  private static void call(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
    }
  }
}
