package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fills a node's database behind its back: a fleet's jobs and logs of three months. All that it
 * makes belongs to hosts whose names begin with {@link #PREFIX}.
 */
public final class ManyJobs {

  /** Names of hosts begin with it. */
  static final String PREFIX = "host-";

  static final int DAYS = 90;
  private static final int LINES_PER_JOB = 20;

  private final Connection database;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private int hosts;
  private int jobs;

  /** Goes on from those that are there. */
  public ManyJobs(Connection database) throws SQLException {
    this.database = database;
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "insert into repository (id, name, url, created_at)"
              + " select gen_random_uuid(), 'repository', '/nowhere', now()"
              + " where not exists (select 1 from repository where name = 'repository')");
      String those = "host where name like '" + PREFIX + "%'";
      hosts = number(statement, "select count(*) from " + those);
      jobs =
          number(
              statement,
              "select count(*) from job where host_id in (select id from " + those + ")");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  /** The first day of which there are jobs. */
  LocalDate firstDay() {
    return today.minusDays(DAYS);
  }

  /** A day in their midst. */
  LocalDate middle() {
    return firstDay().plusDays(DAYS / 2);
  }

  /** Until there are so many hosts and jobs; those that come are dealt out evenly to new hosts. */
  public void growTo(int hosts, int jobs) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "insert into host (id, name, hostname, os, arch, enrolled_at) select gen_random_uuid(),"
              + " name, name, 'linux', 'amd64', now() from (select '"
              + PREFIX
              + "' || i as name from generate_series("
              + (this.hosts + 1)
              + ", "
              + hosts
              + ") i) named");
      statement.execute(jobs(hosts - this.hosts, jobs - this.jobs));
      statement.execute("vacuum analyze");
    }
    this.hosts = hosts;
    this.jobs = jobs;
  }

  /** One in a hundred failed, a few are checks; identifiers begin with the moment of queueing. */
  private String jobs(int newHosts, int newJobs) {
    return "with host_numbered as (select id, row_number() over (order by name) as n from host h"
        + " where name like '"
        + PREFIX
        + "%' and not exists (select 1 from job where host_id = h.id)),"
        + " moment as (select i, timestamptz '"
        + firstDay()
        + " 00:00Z' + i * interval '"
        + Duration.ofDays(DAYS).dividedBy(newJobs).toMillis()
        + " ms' as at from generate_series(0, "
        + (newJobs - 1)
        + ") i), named as (select i, at,"
        + " (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')"
        + " || '7' || substr(md5(salt), 1, 3) || '8' || substr(md5(salt), 4, 15))::uuid as id"
        + " from (select i, at, i + "
        + jobs
        + " || '' as salt from moment) salted)"
        + " insert into job (id, first_job_id, host_id, repository_id, source_group_name, kind,"
        + " status, queued_at, queued_by, dispatched_at, accepted_at, started_at, finished_at,"
        + " exit_code) select named.id, named.id, h.id, (select id from repository where name ="
        + " 'repository'), 'files',"
        + " case when i % 1000 = 0 then 'check' else 'backup' end,"
        + " case when i % 100 = 0 then 'failed' else 'succeeded' end,"
        + " at, 'admin', at, at, at, at + interval '5 minutes', 0"
        + " from named join host_numbered h on h.n = 1 + i % "
        + newHosts;
  }

  /**
   * Gives the jobs of the first two days and of some later ones their logs; the days between have a
   * place for theirs, which is empty.
   *
   * @return how many lines
   */
  long log() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "insert into job_log (job_id, contiguous_seq, highest_seq, line_count) select id, n, n, n"
              + " from job, (select "
              + LINES_PER_JOB
              + " as n) lines on conflict do nothing");
      for (int day = 0; day < DAYS; day++) {
        query(statement, "select create_job_log_partition('" + firstDay().plusDays(day) + "')");
      }
      long lines = 0;
      for (LocalDate day : logged()) {
        lines += statement.executeUpdate(lines(day));
      }
      statement.execute("vacuum analyze");
      return lines;
    }
  }

  private List<LocalDate> logged() {
    List<LocalDate> days = new ArrayList<>(List.of(firstDay(), firstDay().plusDays(1)));
    for (int day = 0; day < 5; day++) {
      days.add(middle().plusDays(day));
    }
    return days;
  }

  private static String lines(LocalDate day) {
    return String.format(
        Locale.ROOT,
        "insert into job_log_line select id, seq, queued_at, 'stdout', 'new       /home/"
            + "anna/projects/2026/report/figures/turnover-' || seq || '.svg, saved in"
            + " 0.003s (12.345 KiB added)' from job, generate_series(1, %d) seq where id"
            + " >= job_log_bound('%s') and id < job_log_bound('%s')",
        LINES_PER_JOB,
        day,
        day.plusDays(1));
  }

  private static void query(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
    }
  }
}
