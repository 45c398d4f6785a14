package org.resticmanager.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.TextList;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.repository.RepositoryId;

/** The projection of snapshots in the database; call it inside a transaction. */
@ApplicationScoped
public class SnapshotStore {

  /**
   * An agent with restic 0.14 knows the size of its newest snapshot only: a size once known stays.
   */
  static final String ON_CONFLICT =
      "on conflict (repository_id, id) do update set tags = excluded.tags,"
          + " utc_offset_seconds = excluded.utc_offset_seconds,"
          + " size_bytes = greatest(snapshot.size_bytes, excluded.size_bytes),"
          + " file_count = greatest(snapshot.file_count, excluded.file_count)";

  static final String COLUMNS =
      "id, short_id, taken_at, utc_offset_seconds, hostname, paths, tags, size_bytes, file_count";

  private static final OffsetDateTime EPOCH = Instant.EPOCH.atOffset(ZoneOffset.UTC);

  private final Database database;

  @Inject
  SnapshotStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected SnapshotStore() {
    this(null);
  }

  /** Forgets all but these, as far as they have been known since before a moment. */
  void retain(RepositoryId repository, List<Snapshot> snapshots, Instant moment) {
    try (var connection = database.connection();
        var delete =
            connection.prepareStatement(
                "delete from snapshot where repository_id = ? and id <> all (?)"
                    + " and known_since <= ?")) {
      delete.setObject(1, repository.value());
      delete.setArray(
          2, connection.createArrayOf("text", snapshots.stream().map(Snapshot::id).toArray()));
      delete.setObject(3, moment.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget snapshots of " + repository, e);
    }
  }

  /** Afterwards these are known too. */
  void add(RepositoryId repository, List<Snapshot> snapshots, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into snapshot (repository_id, known_since, "
                    + COLUMNS
                    + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                    + ON_CONFLICT)) {
      for (Snapshot snapshot : snapshots) {
        insert.setObject(1, repository.value());
        insert.setObject(2, now.atOffset(ZoneOffset.UTC));
        insert.setString(3, snapshot.id());
        insert.setString(4, snapshot.shortId());
        insert.setObject(5, timeOf(snapshot).withOffsetSameInstant(ZoneOffset.UTC));
        insert.setInt(6, timeOf(snapshot).getOffset().getTotalSeconds());
        insert.setString(7, snapshot.hostname());
        insert.setString(8, TextList.toColumn(snapshot.paths()));
        insert.setString(9, TextList.toColumn(snapshot.tags()));
        insert.setLong(10, snapshot.sizeBytes());
        insert.setLong(11, snapshot.fileCount());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the snapshots of " + repository, e);
    }
  }

  /** How many are known, and what all of them would be when restored, if each says its size. */
  RepoStats count(RepositoryId repository) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select count(*), case when min(file_count) > 0 then sum(size_bytes) end"
                    + " from snapshot where repository_id = ?")) {
      select.setObject(1, repository.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        BigDecimal size = rows.getBigDecimal(2);
        return new RepoStats(
            size == null ? null : size.longValue(),
            null,
            null,
            rows.getLong(1),
            null,
            "",
            null,
            null,
            null);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count the snapshots of " + repository, e);
    }
  }

  /** restic always records a time; a peer that leaves it out sorts to the end. */
  static OffsetDateTime timeOf(Snapshot snapshot) {
    return snapshot.time() == null ? EPOCH : snapshot.time();
  }

  /** Newest first, then by id. */
  List<SnapshotDetails> page(
      RepositoryId repository, List<String> hostnames, Optional<SnapshotCursor> after, int limit) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select "
                    + COLUMNS
                    + " from snapshot where repository_id = ? and hostname = any (?)"
                    + (after.isPresent() ? " and (taken_at, id) < (?, ?)" : "")
                    + " order by taken_at desc, id desc limit ?")) {
      int index = 1;
      select.setObject(index++, repository.value());
      select.setArray(index++, connection.createArrayOf("text", hostnames.toArray()));
      if (after.isPresent()) {
        select.setObject(index++, after.get().time().atOffset(ZoneOffset.UTC));
        select.setString(index++, after.get().id());
      }
      select.setInt(index, limit);
      try (var rows = select.executeQuery()) {
        List<SnapshotDetails> snapshots = new ArrayList<>();
        while (rows.next()) {
          snapshots.add(read(rows));
        }
        return snapshots;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the snapshots of " + repository, e);
    }
  }

  boolean hasAny(RepositoryId repository, String hostname, String tag) {
    return !ofGroup(repository, hostname, tag, 1).isEmpty();
  }

  /** Whether there are some with this tag that are not of this host. */
  boolean othersHave(RepositoryId repository, String hostname, String tag) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select 1 from snapshot where repository_id = ? and hostname <> ?"
                    + " and jsonb_exists(cast(tags as jsonb), ?) limit 1")) {
      select.setObject(1, repository.value());
      select.setString(2, hostname);
      select.setString(3, tag);
      try (var rows = select.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the snapshots of " + repository, e);
    }
  }

  /** All that are of this host and have this tag. */
  List<SnapshotDetails> ofGroup(RepositoryId repository, String hostname, String tag) {
    return ofGroup(repository, hostname, tag, Integer.MAX_VALUE);
  }

  private List<SnapshotDetails> ofGroup(
      RepositoryId repository, String hostname, String tag, int limit) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select "
                    + COLUMNS
                    + " from snapshot where repository_id = ? and hostname = ?"
                    + " and jsonb_exists(cast(tags as jsonb), ?) limit ?")) {
      select.setObject(1, repository.value());
      select.setString(2, hostname);
      select.setString(3, tag);
      select.setInt(4, limit);
      try (var rows = select.executeQuery()) {
        List<SnapshotDetails> snapshots = new ArrayList<>();
        while (rows.next()) {
          snapshots.add(read(rows));
        }
        return snapshots;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the snapshots of " + repository, e);
    }
  }

  private static SnapshotDetails read(ResultSet rows) throws SQLException {
    return new SnapshotDetails(
        rows.getString(1),
        rows.getString(2),
        rows.getObject(3, OffsetDateTime.class).toInstant(),
        ZoneOffset.ofTotalSeconds(rows.getInt(4)),
        rows.getString(5),
        TextList.fromColumn(rows.getString(6)),
        TextList.fromColumn(rows.getString(7)),
        rows.getLong(8),
        rows.getLong(9));
  }
}
