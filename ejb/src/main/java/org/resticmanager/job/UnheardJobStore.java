package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.repository.RepositoryId;

/** Which jobs an agent may still have something to tell of; call it inside a transaction. */
@ApplicationScoped
public class UnheardJobStore {

  private final Database database;

  @Inject
  UnheardJobStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected UnheardJobStore() {
    this(null);
  }

  /**
   * When the first of the jobs was sent whose end the host has not told: those that are open, and
   * those taken for lost after the last end that it told. Empty if there is none.
   */
  Optional<Instant> firstSentAt(HostId host) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select min(dispatched_at) from (select dispatched_at from job where host_id = ?"
                    + " and status in ('queued', 'running') union all select dispatched_at from job"
                    + " where host_id = ? and lost_at is not null and exit_code is null"
                    + " and id > coalesce((select id from job where host_id = ?"
                    + " and exit_code is not null order by id desc limit 1),"
                    + " '00000000-0000-0000-0000-000000000000')) unheard")) {
      select.setObject(1, host.value());
      select.setObject(2, host.value());
      select.setObject(3, host.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
            .map(OffsetDateTime::toInstant);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for jobs of host " + host, e);
    }
  }

  /** Of these jobs of the host, those that have ended here. */
  List<RetoldJobs.Retold> ended(HostId host, Collection<JobId> jobs) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select id, coalesce(dispatched_at, queued_at), repository_id,"
                    + " exit_code is not null from job where host_id = ? and id = any(?)"
                    + " and status not in ('queued', 'running')")) {
      select.setObject(1, host.value());
      select.setArray(
          2, connection.createArrayOf("uuid", jobs.stream().map(JobId::value).toArray()));
      try (var rows = select.executeQuery()) {
        List<RetoldJobs.Retold> ended = new ArrayList<>();
        while (rows.next()) {
          ended.add(retold(rows));
        }
        return ended;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for jobs of host " + host, e);
    }
  }

  private static RetoldJobs.Retold retold(ResultSet row) throws SQLException {
    UUID repository = row.getObject(3, UUID.class);
    return new RetoldJobs.Retold(
        new JobId(row.getObject(1, UUID.class)),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        repository == null ? null : new RepositoryId(repository),
        row.getBoolean(4));
  }
}
