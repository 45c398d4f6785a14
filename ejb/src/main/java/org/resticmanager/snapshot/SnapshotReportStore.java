package org.resticmanager.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.TextList;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.RepositoryId;

/**
 * Reports in parts, while parts are missing: in the database, so that a host with very many
 * snapshots takes no memory of ours. Call it inside a transaction.
 */
@ApplicationScoped
public class SnapshotReportStore {

  /** In the order of {@link SnapshotStore#COLUMNS}; as text, whatever they are. */
  private static final List<Function<Snapshot, String>> COLUMNS =
      List.of(
          Snapshot::id,
          Snapshot::shortId,
          snapshot -> SnapshotStore.timeOf(snapshot).toString(),
          snapshot ->
              Integer.toString(SnapshotStore.timeOf(snapshot).getOffset().getTotalSeconds()),
          Snapshot::hostname,
          snapshot -> TextList.toColumn(snapshot.paths()),
          snapshot -> TextList.toColumn(snapshot.tags()),
          snapshot -> Long.toString(snapshot.sizeBytes()),
          snapshot -> Long.toString(snapshot.fileCount()));

  /** The snapshots of a part, as rows. */
  private static final String UNNESTED =
      "unnest(p."
          + SnapshotStore.COLUMNS.replace(", ", ", p.")
          + ") r("
          + SnapshotStore.COLUMNS
          + ")";

  private final Database database;

  @Inject
  SnapshotReportStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected SnapshotReportStore() {
    this(null);
  }

  /**
   * Keeps a part. Part 1 begins a report and forgets what there was of an earlier one; a part that
   * came before changes nothing; one that does not follow ends the report, which never becomes
   * complete.
   *
   * @return whether the report is complete; {@link #takeOver} is what to do then
   */
  boolean add(HostId host, RepositoryId repository, SnapshotsReport report, Instant now) {
    try (var connection = database.connection()) {
      if (report.part() == 1) {
        begin(connection, host, repository, report, now);
      }
      int expected = expected(connection, host, repository, report);
      if (report.part() != expected) {
        if (report.part() > expected) {
          forget(host);
        }
        return false;
      }
      insert(connection, host, report);
      advance(connection, host, now);
      return report.part() == report.parts();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep a part of a report of host " + host, e);
    }
  }

  private static void begin(
      Connection connection,
      HostId host,
      RepositoryId repository,
      SnapshotsReport report,
      Instant now)
      throws SQLException {
    delete(connection, host);
    try (var insert =
        connection.prepareStatement(
            "insert into partial_report (host_id, repository_id, parts, next_part, changed_at)"
                + " values (?, ?, ?, 1, ?)")) {
      insert.setObject(1, host.value());
      insert.setObject(2, repository.value());
      insert.setInt(3, report.parts());
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Which part comes next; 0 if there is no such report. */
  private static int expected(
      Connection connection, HostId host, RepositoryId repository, SnapshotsReport report)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select next_part from partial_report where host_id = ? and repository_id = ?"
                + " and parts = ? for update")) {
      select.setObject(1, host.value());
      select.setObject(2, repository.value());
      select.setInt(3, report.parts());
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  /** As it came: its snapshots become rows once, when the report is complete. */
  private static void insert(Connection connection, HostId host, SnapshotsReport report)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into partial_report_part (host_id, part, "
                + SnapshotStore.COLUMNS
                + ") values (?, ?, ?, ?, cast(? as timestamptz[]), cast(? as integer[]), ?, ?, ?,"
                + " cast(? as bigint[]), cast(? as bigint[]))")) {
      insert.setObject(1, host.value());
      insert.setInt(2, report.part());
      int index = 3;
      for (Function<Snapshot, String> column : COLUMNS) {
        insert.setArray(
            index++,
            connection.createArrayOf("text", report.snapshots().stream().map(column).toArray()));
      }
      insert.executeUpdate();
    }
  }

  private static void advance(Connection connection, HostId host, Instant now) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "update partial_report set next_part = next_part + 1, changed_at = ?"
                + " where host_id = ?")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, host.value());
      update.executeUpdate();
    }
  }

  /**
   * Afterwards the snapshots of this host's report are known of the repository, and of the others
   * only those that have not been known since before a moment.
   */
  void takeOver(HostId host, RepositoryId repository, Instant moment, Instant now) {
    try (var connection = database.connection()) {
      try (var delete =
          connection.prepareStatement(
              "delete from snapshot s where s.repository_id = ? and s.known_since <= ?"
                  + " and not exists (select 1 from partial_report_part p, unnest(p.id) reported"
                  + " where p.host_id = ? and reported = s.id)")) {
        delete.setObject(1, repository.value());
        delete.setObject(2, moment.atOffset(ZoneOffset.UTC));
        delete.setObject(3, host.value());
        delete.executeUpdate();
      }
      try (var insert =
          connection.prepareStatement(
              "insert into snapshot (repository_id, known_since, "
                  + SnapshotStore.COLUMNS
                  + ") select distinct on (r.id) ?, ?, r.* from partial_report_part p, "
                  + UNNESTED
                  + " where p.host_id = ? order by r.id, p.part "
                  + SnapshotStore.ON_CONFLICT)) {
        insert.setObject(1, repository.value());
        insert.setObject(2, now.atOffset(ZoneOffset.UTC));
        insert.setObject(3, host.value());
        insert.executeUpdate();
      }
      delete(connection, host);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the snapshots of " + repository, e);
    }
  }

  /** The host's report will not become complete. */
  void forget(HostId host) {
    try (var connection = database.connection()) {
      delete(connection, host);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget the report of host " + host, e);
    }
  }

  private static void delete(Connection connection, HostId host) throws SQLException {
    try (var delete = connection.prepareStatement("delete from partial_report where host_id = ?")) {
      delete.setObject(1, host.value());
      delete.executeUpdate();
    }
  }

  /** Forgets the reports of which nothing has come since then; returns how many. */
  int forgetAbandoned(Instant since) {
    try (var connection = database.connection();
        var delete =
            connection.prepareStatement("delete from partial_report where changed_at < ?")) {
      delete.setObject(1, since.atOffset(ZoneOffset.UTC));
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget abandoned reports", e);
    }
  }
}
