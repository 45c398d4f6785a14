package org.resticmanager.host;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;

/** The tags of the hosts in the database; call it inside a transaction. */
@ApplicationScoped
public class HostTagStore {

  private record Tagged(HostId host, String tag) {}

  private final Sql sql;

  @Inject
  HostTagStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected HostTagStore() {
    sql = null;
  }

  /** Of each of these hosts that has some. */
  Map<HostId, Tags> of(Collection<HostId> hosts) {
    if (hosts.isEmpty()) {
      return Map.of();
    }
    return sql
        .rows(
            row -> new Tagged(new HostId(row.getObject(1, UUID.class)), row.getString(2)),
            "select host_id, tag from host_tag where host_id in ("
                + Sql.marks(hosts)
                + ") order by tag",
            hosts.stream().map(HostId::value).toArray())
        .stream()
        .collect(
            Collectors.groupingBy(
                Tagged::host,
                Collectors.collectingAndThen(
                    Collectors.mapping(Tagged::tag, Collectors.toList()), Tags::new)));
  }

  /** Those of these hosts that are seen. */
  Set<HostId> seen(Sight sight, Collection<HostId> hosts) {
    if (!sight.limited() || hosts.isEmpty()) {
      return Set.copyOf(hosts);
    }
    return Set.copyOf(
        sql.rows(
            row -> new HostId(row.getObject(1, UUID.class)),
            "select id from host where host_in_sight(id, ?) and id in (" + Sql.marks(hosts) + ")",
            Stream.concat(
                    Stream.of(sight.parameter()), hosts.stream().map(host -> (Object) host.value()))
                .toArray()));
  }

  /** Nobody else replaces the host's tags until the transaction's end. */
  void lock(HostId host) {
    sql.row(row -> true, "select 1 from host where id = ? for update", host.value());
  }

  void replace(HostId host, Tags tags) {
    sql.update("delete from host_tag where host_id = ?", host.value());
    for (String tag : tags.names()) {
      sql.update("insert into host_tag (host_id, tag) values (?, ?)", host.value(), tag);
    }
  }
}
