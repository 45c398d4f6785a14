package org.resticmanager.repository;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.platform.Database;

/** One row per repository and day in the database; call it inside a transaction. */
@ApplicationScoped
public class RepositoryHistoryStore {

  private final Database database;

  @Inject
  RepositoryHistoryStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected RepositoryHistoryStore() {
    this(null);
  }

  /**
   * Notes what is known now as that of today; the last one of a day stays.
   *
   * @param known measured now
   * @param freedBytes what has been freed since this was called last; added up over the day
   */
  void note(RepositoryId repository, RepositoryStatistics known, long freedBytes) {
    try (var connection = database.connection();
        var upsert =
            connection.prepareStatement(
                "insert into repository_history as h (repository_id, day, total_size_bytes,"
                    + " raw_size_bytes, unique_files, snapshot_count, freed_bytes, measured_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (repository_id, day) do update"
                    + " set total_size_bytes = excluded.total_size_bytes,"
                    + " raw_size_bytes = excluded.raw_size_bytes,"
                    + " unique_files = excluded.unique_files,"
                    + " snapshot_count = excluded.snapshot_count,"
                    + " freed_bytes = h.freed_bytes + excluded.freed_bytes,"
                    + " measured_at = excluded.measured_at")) {
      upsert.setObject(1, repository.value());
      upsert.setObject(2, known.measuredAt().atOffset(ZoneOffset.UTC).toLocalDate());
      upsert.setObject(3, known.totalSizeBytes(), Types.BIGINT);
      upsert.setObject(4, known.rawSizeBytes(), Types.BIGINT);
      upsert.setObject(5, known.uniqueFiles(), Types.BIGINT);
      upsert.setObject(6, known.snapshotCount(), Types.BIGINT);
      upsert.setLong(7, freedBytes);
      upsert.setObject(8, known.measuredAt().atOffset(ZoneOffset.UTC));
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note the history of " + repository, e);
    }
  }

  /** Newest first. */
  List<RepositoryDay> page(RepositoryId repository, LocalDate before, int limit) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select day, total_size_bytes, raw_size_bytes, unique_files, snapshot_count,"
                    + " freed_bytes from repository_history where repository_id = ? and day < ?"
                    + " order by day desc limit ?")) {
      select.setObject(1, repository.value());
      select.setObject(2, before);
      select.setInt(3, limit);
      try (var rows = select.executeQuery()) {
        List<RepositoryDay> days = new ArrayList<>();
        while (rows.next()) {
          days.add(day(rows));
        }
        return days;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the history of " + repository, e);
    }
  }

  private static RepositoryDay day(ResultSet row) throws SQLException {
    return new RepositoryDay(
        row.getObject(1, LocalDate.class),
        row.getObject(2, Long.class),
        row.getObject(3, Long.class),
        row.getObject(4, Long.class),
        row.getObject(5, Long.class),
        row.getLong(6));
  }
}
