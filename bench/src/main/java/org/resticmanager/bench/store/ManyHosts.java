package org.resticmanager.bench.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives the hosts of {@link ManyJobs} what hosts have. */
public final class ManyHosts {

  /** Of each host. */
  static final int SNAPSHOTS = 100;

  private static final long LIMIT_MILLIS = 180_000;

  private final Connection database;
  private final int hosts;

  /** Of so many hosts, which are there. */
  public ManyHosts(Connection database, int hosts) {
    this.database = database;
    this.hosts = hosts;
  }

  /**
   * Every host backs up one source group each night, was heard of, has a tag and snapshots; returns
   * when all are judged.
   */
  public void plan() throws SQLException, InterruptedException {
    try (Statement statement = database.createStatement()) {
      plan(statement);
      awaitJudged(statement);
      statement.execute("vacuum analyze host_health");
    }
  }

  private static void plan(Statement statement) throws SQLException {
    statement.execute("update host set last_seen_at = now(), restic_version = '0.18.0'");
    statement.execute(
        "insert into repository_connection (host_id, repository_id, connected_at)"
            + " select h.id, r.id, now() from host h, repository r");
    statement.execute(
        "insert into source_group (id, host_id, name, includes, excludes, created_at)"
            + " select gen_random_uuid(), id, 'files', '[]', '[]', now() - interval '90 days'"
            + " from host");
    statement.execute(
        "insert into schedule (id, host_id, name, cron, enabled, created_at)"
            + " select gen_random_uuid(), id, 'nightly', '0 3 * * *', true,"
            + " now() - interval '90 days' from host");
    statement.execute(
        "insert into schedule_source_group (schedule_id, source_group_id)"
            + " select s.id, g.id from schedule s join source_group g on g.host_id = s.host_id");
    statement.execute(
        "insert into host_tag (host_id, tag)"
            + " select id, 'site-' || abs(hashtext(name)) % 20 from host");
    statement.execute(
        "insert into snapshot (repository_id, id, short_id, taken_at, hostname, paths, tags,"
            + " size_bytes, file_count) select r.id, md5(h.name || '/' || i), left(md5(h.name || '/' || i), 8),"
            + " now() - i * interval '1 day', h.hostname, '[]', '[\"files\"]', 1000000, 1000"
            + " from host h, repository r, generate_series(1, "
            + SNAPSHOTS
            + ") i");
    statement.execute("vacuum analyze");
  }

  private void awaitJudged(Statement statement) throws SQLException, InterruptedException {
    long until = System.currentTimeMillis() + LIMIT_MILLIS;
    while (System.currentTimeMillis() < until) {
      try (var judged = statement.executeQuery("select count(*) from host_health")) {
        judged.next();
        if (judged.getInt(1) == hosts) {
          return;
        }
      }
      Thread.sleep(1000);
    }
    throw new IllegalStateException("the hosts are not judged");
  }
}
