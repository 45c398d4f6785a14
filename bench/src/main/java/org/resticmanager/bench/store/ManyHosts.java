package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives the hosts of {@link ManyJobs} what hosts have. */
public final class ManyHosts {

  /** Of each host. */
  public static final int SNAPSHOTS = 100;

  private static final long LIMIT_MILLIS = 180_000;

  /** They have nothing yet. */
  private static final String NEW =
      "host h where name like '"
          + ManyJobs.PREFIX
          + "%' and not exists (select 1 from source_group where host_id = h.id)";

  private final Connection database;

  public ManyHosts(Connection database) {
    this.database = database;
  }

  /**
   * Every new host backs up one source group each night, was heard of, has a tag and snapshots;
   * returns when all are judged.
   */
  public void plan() throws SQLException, InterruptedException {
    try (Statement statement = database.createStatement()) {
      plan(statement);
      awaitJudged(statement);
      statement.execute("vacuum analyze host_health");
    }
  }

  private static void plan(Statement statement) throws SQLException {
    statement.execute("create temporary table new_host as select id, name, hostname from " + NEW);
    statement.execute(
        "update host set last_seen_at = now(), restic_version = '0.18.0'"
            + " where id in (select id from new_host)");
    statement.execute(
        "insert into repository_connection (host_id, repository_id, connected_at)"
            + " select h.id, r.id, now() from new_host h, repository r where r.name ="
            + " 'repository'");
    statement.execute(
        "insert into source_group (id, host_id, name, includes, excludes, created_at)"
            + " select gen_random_uuid(), id, 'files', '[]', '[]', now() - interval '90 days'"
            + " from new_host");
    statement.execute(
        "insert into schedule (id, host_id, name, cron, enabled, created_at)"
            + " select gen_random_uuid(), id, 'nightly', '0 3 * * *', true,"
            + " now() - interval '90 days' from new_host");
    statement.execute(
        "insert into schedule_source_group (schedule_id, source_group_id)"
            + " select s.id, g.id from schedule s join source_group g on g.host_id = s.host_id"
            + " where s.host_id in (select id from new_host)");
    statement.execute(
        "insert into host_tag (host_id, tag)"
            + " select id, 'site-' || abs(hashtext(name)) % 20 from new_host");
    statement.execute(
        "insert into snapshot (repository_id, id, short_id, taken_at, hostname, paths, tags,"
            + " size_bytes, file_count) select r.id, md5(h.name || '/' || i), left(md5(h.name || '/' || i), 8),"
            + " now() - i * interval '1 day', h.hostname, '[]', '[\"files\"]', 1000000, 1000"
            + " from new_host h, repository r, generate_series(1, "
            + SNAPSHOTS
            + ") i where r.name = 'repository'");
    statement.execute("drop table new_host");
    statement.execute("vacuum analyze");
  }

  private static void awaitJudged(Statement statement) throws SQLException, InterruptedException {
    long until = System.currentTimeMillis() + LIMIT_MILLIS;
    while (System.currentTimeMillis() < until) {
      try (var judged =
          statement.executeQuery(
              "select not exists (select 1 from host h where name like '"
                  + ManyJobs.PREFIX
                  + "%' and not exists (select 1 from host_health where host_id = h.id))")) {
        judged.next();
        if (judged.getBoolean(1)) {
          return;
        }
      }
      Thread.sleep(1000);
    }
    throw new IllegalStateException("the hosts are not judged");
  }
}
