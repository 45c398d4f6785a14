package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.JobStatus;

/** Reads what schedules have fired; call it inside a transaction. */
@ApplicationScoped
public class ScheduleHistoryStore {

  /** A week of a schedule for every ten minutes, and something. */
  private static final int MOST = 2000;

  private final Database database;

  @Inject
  ScheduleHistoryStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected ScheduleHistoryStore() {
    this(null);
  }

  ScheduleHistory read(HostId host, Instant from) {
    try (var connection = database.connection()) {
      return new ScheduleHistory(since(connection, host), runs(connection, host, from));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what schedules of " + host + " fired", e);
    }
  }

  private static Map<UUID, Instant> since(Connection connection, HostId host) throws SQLException {
    try (var select =
        connection.prepareStatement("select id, timing_since from schedule where host_id = ?")) {
      select.setObject(1, host.value());
      Map<UUID, Instant> since = new HashMap<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          since.put(
              rows.getObject(1, UUID.class), rows.getObject(2, OffsetDateTime.class).toInstant());
        }
      }
      return since;
    }
  }

  private static List<ScheduleRun> runs(Connection connection, HostId host, Instant from)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select f.schedule_id, f.scheduled_at, a.id, a.status, a.error is not null"
                + " from schedule s join schedule_fire f on f.schedule_id = s.id"
                + " left join lateral (select j.id, j.status, j.error from job j"
                + " where j.first_job_id = f.job_id order by j.attempt desc limit 1) a on true"
                + " where s.host_id = ? and f.scheduled_at >= ?"
                + " order by f.scheduled_at desc limit ?")) {
      select.setObject(1, host.value());
      select.setObject(2, from.atOffset(ZoneOffset.UTC));
      select.setInt(3, MOST);
      List<ScheduleRun> runs = new ArrayList<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(run(rows));
        }
      }
      Collections.reverse(runs);
      return runs;
    }
  }

  private static ScheduleRun run(ResultSet row) throws SQLException {
    Optional<JobStatus> status = Optional.ofNullable(row.getString(4)).map(JobStatus::named);
    return new ScheduleRun(
        row.getObject(1, UUID.class),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject(3, UUID.class)).map(JobId::new),
        status,
        status.filter(JobStatus.SUCCEEDED::equals).isPresent() && row.getBoolean(5));
  }
}
