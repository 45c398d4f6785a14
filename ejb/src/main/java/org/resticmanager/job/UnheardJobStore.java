package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;

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
}
