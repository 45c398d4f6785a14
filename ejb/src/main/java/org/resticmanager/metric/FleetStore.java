package org.resticmanager.metric;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.resticmanager.health.Health;
import org.resticmanager.host.HostDetails;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;

/** Counts in the database, by its indexes. */
@ApplicationScoped
class FleetStore {

  private static final Logger LOG = Logger.getLogger(FleetStore.class.getName());

  private static final String COUNTS =
      "select h.*, r.damaged, j.queued, j.running,"
          + " coalesce(extract(epoch from ?::timestamptz - j.oldest), 0) as oldest_seconds"
          + " from (select count(*) filter (where last_seen_at > ?) as online, "
          + Arrays.stream(Health.values())
              .map(
                  health ->
                      "count(*) filter (where coalesce(n.health, 'unknown') = '%1$s') as \"%1$s\""
                          .formatted(health.word()))
              .collect(Collectors.joining(", "))
          + " from host left join host_health n on n.host_id = host.id) h,"
          + " (select count(*) as damaged from repository where removed_at is null"
          + " and last_check_status <> 'ok') r,"
          + " (select count(*) filter (where status = 'queued') as queued,"
          + " count(*) filter (where status = 'running') as running,"
          + " min(coalesce(not_before, queued_at)) filter (where status = 'queued'"
          + " and coalesce(not_before, queued_at) <= ?) as oldest"
          + " from job where status in ('queued', 'running')) j";

  private final Sql sql;
  private final Clock clock;

  @Inject
  FleetStore(Database database, Clock clock) {
    sql = new Sql(database);
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected FleetStore() {
    sql = null;
    clock = null;
  }

  /** As it stands now; unknown while the database is away: what else a node knows still counts. */
  Fleet read() {
    Instant now = clock.instant();
    try {
      return sql.row(FleetStore::row, COUNTS, now, now.minus(HostDetails.OFFLINE_AFTER), now)
          .orElse(Fleet.UNKNOWN);
    } catch (IllegalStateException e) {
      LOG.log(Level.FINE, "the fleet could not be counted now", e);
      return Fleet.UNKNOWN;
    }
  }

  private static Fleet row(ResultSet row) throws SQLException {
    Map<Health, Double> hosts = new EnumMap<>(Health.class);
    for (Health health : Health.values()) {
      hosts.put(health, row.getDouble(health.word()));
    }
    return new Fleet(
        hosts,
        row.getLong("online"),
        row.getLong("damaged"),
        row.getLong("queued"),
        row.getLong("running"),
        row.getDouble("oldest_seconds"));
  }
}
