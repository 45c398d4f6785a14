package org.resticmanager.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.Node;

/** What the pages about the whole fleet cost a node with ten thousand hosts and a million jobs. */
public final class PagesBench {

  private static final int HOSTS = Integer.getInteger("bench.hosts", 10_000);
  private static final int CALLS = Integer.getInteger("bench.calls", 100);
  private static final int PAINTS = 10;
  private static final long LIMIT_MILLIS = 180_000;

  private PagesBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    try (Node node = new Node(Path.of(arguments[0]));
        Connection database = node.database().connect();
        Statement statement = database.createStatement()) {
      new ManyJobs(database, HOSTS).loadJobs();
      plan(statement);
      awaitJudged(statement);
      statement.execute("vacuum analyze host_health");
      System.out.printf("%,d jobs of %,d hosts%n", ManyJobs.JOBS, HOSTS);
      pages(node.admin()).print(System.out);
    }
  }

  /** Every host backs up one source group each night, was heard of, and has a tag. */
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
    statement.execute("vacuum analyze");
  }

  private static void awaitJudged(Statement statement) throws SQLException, InterruptedException {
    long until = System.currentTimeMillis() + LIMIT_MILLIS;
    while (System.currentTimeMillis() < until) {
      try (var judged = statement.executeQuery("select count(*) from host_health")) {
        judged.next();
        if (judged.getInt(1) == HOSTS) {
          return;
        }
      }
      Thread.sleep(1000);
    }
    throw new IllegalStateException("the hosts are not judged");
  }

  private static Table pages(Api admin) {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("overview", "/dashboard.xhtml");
    paths.put("hosts by name", "/hosts.xhtml");
    paths.put("failing hosts, the most urgent first", "/hosts.xhtml?health=failing&sort=urgency");
    paths.put("hosts by a part of their name", "/hosts.xhtml?q=77");
    paths.put("hosts with a tag, last page", "/hosts.xhtml?tag=site-7&page=9");
    paths.put("jobs", "/jobs.xhtml");
    Table table =
        new Table("page", "p50 ms", "p95 ms", "characters", "painted after ms (least – most)");
    try (Chromium chromium = new Chromium(admin)) {
      // the server is as warm as one that people use, before any page counts
      paths.values().forEach(path -> sample(admin, path));
      paths.forEach(
          (name, path) -> {
            int characters = admin.page(path);
            Sample nanos = sample(admin, path);
            Sample paints = chromium.paints(path, PAINTS);
            table.row(
                name,
                "%.0f | %.0f | %d | %.0f (%.0f – %.0f)",
                nanos.median() / 1e6,
                nanos.percentile(95) / 1e6,
                characters,
                paints.median(),
                paints.least(),
                paints.most());
          });
    }
    return table;
  }

  private static Sample sample(Api admin, String path) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long asked = System.nanoTime();
      admin.page(path);
      nanos.add(System.nanoTime() - asked);
    }
    return new Sample(nanos);
  }
}
