package org.resticmanager.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Sight;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.repository.RepositoryId;

/**
 * The fleet as the database knows it, one query for each question; call it inside a transaction.
 */
@ApplicationScoped
public class FleetStore {

  private static final String ATTENTION =
      "select h.id, h.name, h.last_seen_at, n.reason, n.source_group, n.job_id, n.since,"
          + " c.repository_id, j.exit_code, j.error from host_health n join host h on h.id ="
          + " n.host_id%s left join repository_connection c on c.host_id = h.id left join job j on"
          + " j.id = n.job_id where n.health = ? and n.reason <>"
          + " 'first-backup-awaited' order by n.since, h.name limit ?";

  private static final String HOURS =
      "select floor(extract(epoch from (j.finished_at - ?)) / 3600)::int as hour,"
          + " count(*) filter (where j.status = 'succeeded' and j.error is null) as good,"
          + " count(*) filter (where j.status = 'succeeded' and j.error is not null) as flagged,"
          + " count(*) filter (where j.status = 'failed') as failed"
          + " from job j where j.finished_at >= ? and j.finished_at < ?"
          + " and j.status in ('succeeded', 'failed') and not j.met_lock%s group by 1";

  private static final String GROWTH =
      "select r.id, r.name, r.raw_size_bytes, r.raw_size_bytes - before.raw_size_bytes as grown,"
          + " coalesce(r.last_check_status, 'ok') <> 'ok' as damaged from repository r"
          + " left join lateral (select raw_size_bytes from repository_history y where"
          + " y.repository_id = r.id and y.day <= ? and y.raw_size_bytes is not null"
          + " order by y.day desc limit 1) before on true where r.removed_at is null%s"
          + " order by grown desc nulls last, r.raw_size_bytes desc nulls last, r.name limit ?";

  private static final String SEEN_HOST = " and host_in_sight(h.id, ?)";
  private static final String SEEN_REPOSITORY =
      " and exists (select 1 from repository_connection c where c.repository_id = r.id and"
          + " host_in_sight(c.host_id, ?))";

  private final Sql sql;

  @Inject
  FleetStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected FleetStore() {
    sql = null;
  }

  private record Count(Health health, long hosts) {}

  private record Counted(int hour, Hour outcome) {}

  /** What is only asked of who does not see everything. */
  private static String seen(Sight sight, String condition) {
    return sight.limited() ? condition : "";
  }

  private static Object[] parameters(Sight sight, List<?> before, Object... after) {
    List<Object> all = new ArrayList<>(before);
    if (sight.limited()) {
      all.add(sight.parameter());
    }
    all.addAll(List.of(after));
    return all.toArray();
  }

  FleetCounts counts(Sight sight) {
    Map<Health, Long> counts = new EnumMap<>(Health.class);
    sql.rows(
            row -> new Count(Health.named(row.getString(1)).orElseThrow(), row.getLong(2)),
            "select coalesce(n.health, 'unknown'), count(*) from host h"
                + " left join host_health n on n.host_id = h.id where true"
                + seen(sight, SEEN_HOST)
                + " group by 1",
            parameters(sight, List.of()))
        .forEach(count -> counts.put(count.health(), count.hosts()));
    return new FleetCounts(counts);
  }

  List<Concern> concerns(Sight sight, Health health, Instant onlineSince, int limit) {
    return sql.rows(
        row -> concern(row, onlineSince),
        ATTENTION.formatted(seen(sight, SEEN_HOST)),
        parameters(sight, List.of(), health.word(), limit));
  }

  /** How a host was judged; empty if it was not yet. */
  Optional<Judgement> judgement(HostId host) {
    return sql
        .rows(
            FleetStore::judgement,
            "select reason, source_group, job_id, since from host_health where host_id = ?",
            host.value())
        .stream()
        .findFirst();
  }

  /** Of a row of {@code host_health}. */
  static Judgement judgement(ResultSet row) throws SQLException {
    return new Judgement(
        Reason.named(row.getString("reason")),
        Optional.ofNullable(row.getString("source_group")),
        Optional.ofNullable(row.getObject("job_id", UUID.class)).map(JobId::new),
        Sql.instant(row, "since"));
  }

  private static Concern concern(ResultSet row, Instant onlineSince) throws SQLException {
    Instant seen = Sql.instant(row, "last_seen_at");
    return new Concern(
        new HostId(row.getObject("id", UUID.class)),
        row.getString("name"),
        seen != null && seen.isAfter(onlineSince),
        judgement(row),
        Optional.ofNullable(row.getObject("repository_id", UUID.class)).map(RepositoryId::new),
        Optional.ofNullable(row.getObject("exit_code", Integer.class)),
        Optional.ofNullable(row.getString("error")));
  }

  /** What ended in the hours from a moment on. */
  List<Hour> hours(Sight sight, Instant from, int hours) {
    Instant to = from.plusSeconds(hours * 3600L);
    Hour[] found = new Hour[hours];
    for (int i = 0; i < hours; i++) {
      found[i] = new Hour(from.plusSeconds(i * 3600L), 0, 0, 0);
    }
    sql.rows(
            row ->
                new Counted(
                    row.getInt("hour"),
                    new Hour(
                        from.plusSeconds(row.getInt("hour") * 3600L),
                        row.getLong("good"),
                        row.getLong("flagged"),
                        row.getLong("failed"))),
            HOURS.formatted(seen(sight, " and host_in_sight(j.host_id, ?)")),
            parameters(sight, List.of(from, from, to)))
        .forEach(counted -> found[counted.hour()] = counted.outcome());
    return List.of(found);
  }

  List<Growth> growth(Sight sight, LocalDate since, int limit) {
    return sql.rows(
        row ->
            new Growth(
                new RepositoryId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Optional.ofNullable(row.getObject("raw_size_bytes", Long.class)),
                Optional.ofNullable(row.getObject("grown", Long.class)),
                row.getBoolean("damaged")),
        GROWTH.formatted(seen(sight, SEEN_REPOSITORY)),
        parameters(sight, List.of(since), limit));
  }

  /** Repositories in which the last check found something. */
  List<Growth> damaged(Sight sight) {
    return sql.rows(
        row ->
            new Growth(
                new RepositoryId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Optional.empty(),
                Optional.empty(),
                true),
        "select r.id, r.name from repository r where r.removed_at is null and r.last_check_status <>"
            + " 'ok'"
            + seen(sight, SEEN_REPOSITORY)
            + " order by r.name limit 10",
        parameters(sight, List.of()));
  }
}
