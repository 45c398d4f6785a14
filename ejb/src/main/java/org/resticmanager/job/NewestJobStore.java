package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** Finds the newest jobs of hosts in the database; call it inside a transaction. */
@ApplicationScoped
public class NewestJobStore {

  private final Sql sql;

  @Inject
  NewestJobStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected NewestJobStore() {
    sql = null;
  }

  /** The newest job of each of these hosts that has one. */
  List<JobOutline> of(Collection<HostId> hosts) {
    if (hosts.isEmpty()) {
      return List.of();
    }
    return sql.rows(
        NewestJobStore::outline,
        "select n.id, h.id as host_id, n.kind, n.status, n.source_group_name, n.met_lock,"
            + " n.waiting_for is not null as waiting, n.error is not null as remarked,"
            + " coalesce(n.finished_at, n.started_at, n.queued_at) as last_moment"
            + " from host h join lateral (select * from job j where j.host_id = h.id"
            + " order by j.id desc limit 1) n on true where h.id in ("
            + Sql.marks(hosts)
            + ")",
        hosts.stream().map(HostId::value).toArray());
  }

  private static JobOutline outline(ResultSet row) throws SQLException {
    return new JobOutline(
        new JobId(row.getObject("id", UUID.class)),
        new HostId(row.getObject("host_id", UUID.class)),
        JobKind.named(row.getString("kind")),
        JobStatus.named(row.getString("status")),
        row.getString("source_group_name"),
        row.getBoolean("waiting"),
        row.getBoolean("met_lock"),
        row.getBoolean("remarked"),
        Sql.instant(row, "last_moment"));
  }
}
