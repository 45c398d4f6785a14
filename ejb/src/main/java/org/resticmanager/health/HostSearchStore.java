package org.resticmanager.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;

/** Looks through the hosts in the database; call it inside a transaction. */
@ApplicationScoped
public class HostSearchStore {

  private static final String FROM =
      " from host h left join host_health n on n.host_id = h.id where true";

  /**
   * From one tag to the next one by the index, as often as there are tags; for {@code distinct} the
   * database would read those of all hosts.
   */
  private static final String TAGS =
      "with recursive one as ("
          + " (select tag, 1 as place from host_tag where true%1$s order by tag limit 1)"
          + " union all"
          + " select (select t.tag from host_tag t where t.tag > one.tag%1$s order by t.tag limit 1),"
          + " one.place + 1 from one where one.tag is not null and one.place < ?)"
          + " select tag from one where tag is not null order by place";

  /**
   * What a filter lets through.
   *
   * @param all how many there are altogether
   */
  record Matches(List<Match> hosts, long all) {}

  /**
   * A host.
   *
   * @param judgement empty if it was not judged yet
   */
  record Match(HostId host, Optional<Judgement> judgement) {}

  private final Sql sql;

  @Inject
  HostSearchStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected HostSearchStore() {
    sql = null;
  }

  /**
   * Some of the hosts that a filter lets through.
   *
   * @param onlineSince who was heard of later is online
   */
  Matches find(
      Sight sight,
      HostFilter filter,
      HostOrder order,
      Instant onlineSince,
      long offset,
      int limit) {
    StringBuilder where = new StringBuilder(FROM);
    List<Object> parameters = new ArrayList<>();
    if (sight.limited()) {
      where.append(" and host_in_sight(h.id, ?)");
      parameters.add(sight.parameter());
    }
    if (!filter.words().isEmpty()) {
      where.append(
          " and (strpos(lower(h.name), lower(?)) > 0 or strpos(lower(h.hostname), lower(?)) > 0)");
      parameters.add(filter.words());
      parameters.add(filter.words());
    }
    filter
        .health()
        .ifPresent(
            health -> {
              // not by coalesce: the database would look at every host to find the few that fail
              where.append(
                  health == Health.UNKNOWN
                      ? " and (n.health is null or n.health = ?)"
                      : " and n.health = ?");
              parameters.add(health.word());
            });
    filter
        .online()
        .ifPresent(
            online -> {
              where.append(" and coalesce(h.last_seen_at > ?, false) = ?");
              parameters.add(onlineSince);
              parameters.add(online);
            });
    if (!filter.tag().isEmpty()) {
      where.append(" and exists (select 1 from host_tag t where t.host_id = h.id and t.tag = ?)");
      parameters.add(filter.tag());
    }
    long all =
        sql.row(row -> row.getLong(1), "select count(*)" + where, parameters.toArray())
            .orElseThrow();
    parameters.add(limit);
    parameters.add(offset);
    List<Match> hosts =
        sql.rows(
            HostSearchStore::found,
            "select h.id, n.reason, n.source_group, n.job_id, n.since"
                + where
                + " order by "
                + order.sql()
                + " limit ? offset ?",
            parameters.toArray());
    return new Matches(hosts, all);
  }

  private static Match found(ResultSet row) throws SQLException {
    return new Match(
        new HostId(row.getObject("id", UUID.class)),
        row.getString("reason") == null
            ? Optional.empty()
            : Optional.of(FleetStore.judgement(row)));
  }

  /** The tags that hosts have, by name. */
  List<String> tags(Sight sight, int limit) {
    return sight.limited()
        ? sql.rows(
            row -> row.getString(1),
            TAGS.formatted(" and host_in_sight(host_id, ?)"),
            sight.parameter(),
            sight.parameter(),
            limit)
        : sql.rows(row -> row.getString(1), TAGS.formatted(""), limit);
  }
}
