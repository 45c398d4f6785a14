package org.resticmanager.health;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.resticmanager.health.HostFacts.Expectation;
import org.resticmanager.health.HostFacts.Failure;
import org.resticmanager.health.HostFacts.Group;
import org.resticmanager.health.HostFacts.Success;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Timing;

/** What hosts are judged by, and how they were judged; call it inside a transaction. */
@ApplicationScoped
public class HealthStore {

  private static final String HOSTS =
      "select h.id, h.enrolled_at, h.last_seen_at is not null as seen, h.restic_version <> '' as"
          + " restic, h.time_zone, exists (select 1 from repository_connection c where c.host_id ="
          + " h.id) as connected from host h";

  private static final String SCHEDULES =
      "select g.source_group_id, s.cron, s.zone, s.jitter_seconds,"
          + " greatest(s.created_at, l.applied_at) as since from schedule s"
          + " join schedule_source_group g on g.schedule_id = s.id"
          + " left join schedule_list l on l.host_id = s.host_id where s.enabled";

  /** The newest backup of a group among those that a condition names. */
  private static final String NEWEST =
      " left join lateral (select id, status, queued_at, finished_at, error from job j"
          + " where j.host_id = g.host_id and j.source_group_name = g.name and j.kind = 'backup'"
          + " and j.status in ('succeeded', 'failed') and %s order by id desc limit 1) %s on true";

  private static final String GROUPS =
      "select g.host_id, g.id, g.name, g.created_at, good.id as good_id, good.queued_at as"
          + " good_queued_at, good.finished_at as good_finished_at, good.error is not null as"
          + " flagged, last.id as last_id, last.status as last_status, last.finished_at as"
          + " last_finished_at, exists (select 1 from job r where r.host_id = g.host_id"
          + " and r.status = 'running' and r.source_group_name = g.name) as running"
          + " from source_group g"
          + NEWEST.formatted("j.status = 'succeeded'", "good")
          + NEWEST.formatted("not j.met_lock", "last");

  private static final String NOTE =
      "insert into host_health (host_id, health, reason, source_group, job_id, since)"
          + " select h.id, n.health, n.reason, n.source_group, n.job_id, n.since from"
          + " unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])"
          + " n (host_id, health, reason, source_group, job_id, since)"
          + " join host h on h.id = n.host_id" // one may be gone meanwhile
          + " order by h.id" // two nodes that note the same do not wait for each other in a circle
          + " on conflict (host_id) do update set health = excluded.health, reason ="
          + " excluded.reason, source_group = excluded.source_group, job_id = excluded.job_id,"
          + " since = excluded.since where (host_health.*) is distinct from (excluded.*)";

  /** Clocks of nodes do not differ by so much, unless one is wrong. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Database database;
  private final Sql sql;

  @Inject
  HealthStore(Database database) {
    this.database = database;
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected HealthStore() {
    database = null;
    sql = null;
  }

  private record Keyed<K, V>(K key, V value) {}

  /**
   * True for one of several nodes that want to judge all hosts at about the same time; the others
   * wait until it has, or has failed. One whose clock was far ahead does not count.
   *
   * @param before nobody has begun since then
   */
  boolean begin(Instant now, Instant before) {
    return sql.update(
            "update health_sweep set judged_at = ? where judged_at <= ? or judged_at > ?",
            now,
            before,
            now.plus(SKEW))
        == 1;
  }

  /** What all hosts are judged by. */
  List<HostFacts> facts() {
    return facts("", "", "");
  }

  /** What one host is judged by; empty if it is gone. */
  List<HostFacts> facts(HostId host) {
    return facts(" where h.id = ?", " where g.host_id = ?", " and s.host_id = ?", host.value());
  }

  private List<HostFacts> facts(
      String hosts, String groups, String schedules, Object... parameters) {
    // thousands of hosts have their few expressions in common
    Map<String, Cron> crons = new HashMap<>();
    Map<UUID, List<Expectation>> expectations =
        sql.rows(row -> expectation(row, crons), SCHEDULES + schedules, parameters).stream()
            .collect(groupingBy(Keyed::key, mapping(Keyed::value, toList())));
    Map<UUID, List<Group>> ofHosts =
        sql
            .rows(
                row ->
                    group(
                        row, expectations.getOrDefault(row.getObject("id", UUID.class), List.of())),
                GROUPS + groups,
                parameters)
            .stream()
            .collect(groupingBy(Keyed::key, mapping(Keyed::value, toList())));
    return sql.rows(row -> host(row, ofHosts), HOSTS + hosts, parameters);
  }

  private static Keyed<UUID, Expectation> expectation(ResultSet row, Map<String, Cron> crons)
      throws SQLException {
    return new Keyed<>(
        row.getObject("source_group_id", UUID.class),
        new Expectation(
            Timing.of(
                crons.computeIfAbsent(row.getString("cron"), Cron::new),
                row.getString("zone"),
                row.getInt("jitter_seconds")),
            Sql.instant(row, "since")));
  }

  private static Keyed<UUID, Group> group(ResultSet row, List<Expectation> schedules)
      throws SQLException {
    Optional<Success> success = Optional.empty();
    if (row.getObject("good_id") != null) {
      success =
          Optional.of(
              new Success(
                  job(row, "good_id"),
                  Sql.instant(row, "good_queued_at"),
                  finished(row, "good_finished_at", "good_queued_at"),
                  row.getBoolean("flagged")));
    }
    Optional<Failure> failure = Optional.empty();
    if ("failed".equals(row.getString("last_status"))) {
      failure =
          Optional.of(
              new Failure(job(row, "last_id"), finished(row, "last_finished_at", "created_at")));
    }
    return new Keyed<>(
        row.getObject("host_id", UUID.class),
        new Group(
            row.getString("name"),
            Sql.instant(row, "created_at"),
            row.getBoolean("running"),
            success,
            failure,
            schedules));
  }

  private static JobId job(ResultSet row, String column) throws SQLException {
    return new JobId(row.getObject(column, UUID.class));
  }

  private static Instant finished(ResultSet row, String column, String instead)
      throws SQLException {
    Instant at = Sql.instant(row, column);
    return at == null ? Sql.instant(row, instead) : at;
  }

  private static HostFacts host(ResultSet row, Map<UUID, List<Group>> groups) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new HostFacts(
        new HostId(id),
        Sql.instant(row, "enrolled_at"),
        row.getBoolean("seen"),
        row.getBoolean("restic") || !row.getBoolean("seen"),
        row.getBoolean("connected"),
        zone(row.getString("time_zone")),
        groups.getOrDefault(id, List.of()));
  }

  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      return null; // one that only the host's own Java knows
    }
  }

  /** Returns for how many hosts that is news. */
  int note(Map<HostId, Judgement> judgements) {
    List<Map.Entry<HostId, Judgement>> all = List.copyOf(judgements.entrySet());
    try (Connection connection = database.connection();
        var note = connection.prepareStatement(NOTE)) {
      List<Keyed<String, Function<Map.Entry<HostId, Judgement>, Object>>> columns =
          List.of(
              new Keyed<>("uuid", judged -> judged.getKey().value()),
              new Keyed<>("text", judged -> judged.getValue().health().word()),
              new Keyed<>("text", judged -> judged.getValue().reason().word()),
              new Keyed<>("text", judged -> judged.getValue().sourceGroup().orElse(null)),
              new Keyed<>("uuid", judged -> judged.getValue().job().map(JobId::value).orElse(null)),
              new Keyed<>("text", judged -> judged.getValue().since().toString()));
      for (int i = 0; i < columns.size(); i++) {
        Object[] values = all.stream().map(columns.get(i).value()).toArray();
        note.setArray(i + 1, connection.createArrayOf(columns.get(i).key(), values));
      }
      return note.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(NOTE, e);
    }
  }
}
