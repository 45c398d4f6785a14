package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.platform.Database;

/** The partitions of the log in the database; call it inside a transaction. */
@ApplicationScoped
public class LogPartitionStore {

  private static final String PREFIX = "job_log_line_";

  /** A drop waits for readers so long and no longer, because new readers queue up behind it. */
  private static final String LOCK_LIMIT = "2s";

  private final Database database;

  @Inject
  LogPartitionStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected LogPartitionStore() {
    this(null);
  }

  /** Does nothing if it is there. */
  void create(LocalDate day) {
    try (var connection = database.connection();
        var create = connection.prepareStatement("select create_job_log_partition(?)")) {
      create.setObject(1, day);
      create.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make room for the logs of " + day, e);
    }
  }

  /** All, the oldest first. */
  List<LogPartition> all() {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select c.relname, pg_total_relation_size(c.oid) from pg_inherits i"
                    + " join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = cast('job_log_line' as regclass) order by c.relname");
        var rows = select.executeQuery()) {
      List<LogPartition> partitions = new ArrayList<>();
      while (rows.next()) {
        partitions.add(new LogPartition(day(rows.getString(1)), rows.getLong(2)));
      }
      return partitions;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the size of the job logs", e);
    }
  }

  /**
   * Drops a day's logs and notes it at their jobs; false if another node is at it.
   *
   * @throws IllegalStateException if readers did not let it happen in time, among others
   */
  boolean drop(LocalDate day, Instant now) {
    try (var connection = database.connection()) {
      if (!claimed(connection)) {
        return false;
      }
      try (var note =
          connection.prepareStatement(
              "update job_log set dropped_at = ? where job_id >= job_log_bound(?)"
                  + " and job_id < job_log_bound(?) and dropped_at is null")) {
        note.setObject(1, now.atOffset(ZoneOffset.UTC));
        note.setObject(2, day);
        note.setObject(3, day.plusDays(1));
        note.executeUpdate();
      }
      try (var statement = connection.createStatement()) {
        statement.execute("set local lock_timeout = '" + LOCK_LIMIT + "'");
        statement.execute("drop table if exists " + name(day));
      }
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop the logs of " + day, e);
    }
  }

  /** Until the transaction ends. */
  private static boolean claimed(Connection connection) throws SQLException {
    try (var claim =
            connection.prepareStatement(
                "select pg_try_advisory_xact_lock(hashtextextended('job_log retention', 0))");
        var rows = claim.executeQuery()) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static String name(LocalDate day) {
    return PREFIX + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static LocalDate day(String name) {
    return LocalDate.parse(name.substring(PREFIX.length()), DateTimeFormatter.BASIC_ISO_DATE);
  }
}
