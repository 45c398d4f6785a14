package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Ids;

/** The connection events in the database; call it inside a transaction. */
@ApplicationScoped
public class ConnectionEventStore {

  @Inject private Database database;

  /** Does nothing if the same was noted since then. */
  void insertUnlessNoted(
      HostId host, ConnectionEvent.Kind kind, String detail, Instant at, Instant since) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into connection_event (id, host_id, kind, detail, at)"
                    + " select ?, ?, ?, ?, ? where not exists (select 1 from connection_event"
                    + " where host_id = ? and kind = ? and at > ?)")) {
      insert.setObject(1, Ids.next());
      insert.setObject(2, host.value());
      insert.setString(3, kind.code());
      insert.setString(4, detail.replace('\0', '\uFFFD'));
      insert.setObject(5, at.atOffset(ZoneOffset.UTC));
      insert.setObject(6, host.value());
      insert.setString(7, kind.code());
      insert.setObject(8, since.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note an event of host " + host, e);
    }
  }

  /** Newest first. */
  List<ConnectionEvent> page(HostId host, Optional<UUID> before, int limit) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select id, kind, detail, at from connection_event where host_id = ?"
                    + (before.isPresent() ? " and id < ?" : "")
                    + " order by id desc limit ?")) {
      int index = 1;
      select.setObject(index++, host.value());
      if (before.isPresent()) {
        select.setObject(index++, before.get());
      }
      select.setInt(index, limit);
      try (var rows = select.executeQuery()) {
        List<ConnectionEvent> events = new ArrayList<>();
        while (rows.next()) {
          events.add(
              new ConnectionEvent(
                  rows.getObject(1, UUID.class),
                  ConnectionEvent.Kind.coded(rows.getString(2)),
                  rows.getString(3),
                  rows.getObject(4, OffsetDateTime.class).toInstant()));
        }
        return events;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the events of host " + host, e);
    }
  }
}
