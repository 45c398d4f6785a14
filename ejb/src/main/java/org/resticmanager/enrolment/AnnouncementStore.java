package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.enrolment.AnnouncementDetails.Status;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.CustomerAddress;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.protocol.announcement.AnnouncedKey;

/** The announcements in the database; call it inside a transaction. */
@ApplicationScoped
public class AnnouncementStore {

  private static final String DETAILS =
      "select id, public_key, hostname, os, arch, address, status, announced_at, expires_at,"
          + " host_id from announcement";

  /** Any number that nobody else locks. */
  private static final long ONE_AT_A_TIME = 0x616e6e6f756e6365L;

  private record Came(String from, Instant at) {}

  private final Database database;
  private final Sql sql;

  @Inject
  AnnouncementStore(Database database) {
    this.database = database;
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected AnnouncementStore() {
    database = null;
    sql = null;
  }

  /** Until the transaction ends nobody else announces: what is counted now stays so. */
  void oneAtATime() {
    try (var connection = database.connection();
        var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, ONE_AT_A_TIME);
      lock.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wait for other announcements", e);
    }
  }

  void insert(AnnouncementDetails announcement) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into announcement (id, public_key, hostname, os, arch, address, status,"
                    + " announced_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, announcement.id());
      insert.setBytes(2, announcement.key().bytes());
      insert.setString(3, announcement.machine().hostname());
      insert.setString(4, announcement.machine().os());
      insert.setString(5, announcement.machine().arch());
      insert.setString(6, announcement.address());
      insert.setString(7, announcement.status().code());
      insert.setObject(8, at(announcement.announcedAt()));
      insert.setObject(9, at(announcement.expiresAt()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep an announcement", e);
    }
  }

  /** How many wait for a decision. */
  int open(Instant now) {
    return sql.row(
            row -> row.getInt(1),
            "select count(*) from announcement where status = 'open' and expires_at > ?",
            now)
        .orElseThrow();
  }

  /**
   * When the oldest of the newest ones from the customer of an address came, whatever was decided
   * of them.
   *
   * @param many how many of the newest; empty if there are fewer
   */
  Optional<Instant> oldestOfNewestFrom(String address, int many) {
    String customer = CustomerAddress.of(address);
    return sql
        .rows(
            row -> new Came(row.getString("address"), Sql.instant(row, "announced_at")),
            "select address, announced_at from announcement order by announced_at desc")
        .stream()
        .filter(came -> CustomerAddress.of(came.from()).equals(customer))
        .skip(many - 1L)
        .findFirst()
        .map(Came::at);
  }

  /** The one with this key; empty if there is none, or it has expired. */
  Optional<AnnouncementDetails> withKey(AnnouncedKey key, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(DETAILS + " where public_key = ? and expires_at > ?")) {
      select.setBytes(1, key.bytes());
      select.setObject(2, at(now));
      return read(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for an announcement", e);
    }
  }

  /**
   * Empty if there is none, or it has expired. Nobody else changes it until the transaction ends.
   */
  Optional<AnnouncementDetails> hold(UUID id, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(DETAILS + " where id = ? and expires_at > ? for update")) {
      select.setObject(1, id);
      select.setObject(2, at(now));
      return read(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read an announcement", e);
    }
  }

  /** Those that have not expired, newest first. */
  List<AnnouncementDetails> page(Optional<UUID> before, int limit, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                DETAILS
                    + " where expires_at > ?"
                    + (before.isPresent() ? " and id < ?" : "")
                    + " order by id desc limit ?")) {
      int index = 1;
      select.setObject(index++, at(now));
      if (before.isPresent()) {
        select.setObject(index++, before.get());
      }
      select.setInt(index, limit);
      return read(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the announcements", e);
    }
  }

  void decide(UUID id, Status status, Optional<HostId> host, String by, Instant now) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update announcement set status = ?, host_id = ?, decided_by = ?, decided_at = ?"
                    + " where id = ?")) {
      update.setString(1, status.code());
      update.setObject(2, host.map(HostId::value).orElse(null));
      update.setString(3, by);
      update.setObject(4, at(now));
      update.setObject(5, id);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note what was decided", e);
    }
  }

  /** Nobody can get a token of this host by an announcement any more. */
  void forget(HostId host) {
    try (var connection = database.connection();
        var delete = connection.prepareStatement("delete from announcement where host_id = ?")) {
      delete.setObject(1, host.value());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget an announcement", e);
    }
  }

  void deleteExpired(Instant now) {
    try (var connection = database.connection();
        var delete =
            connection.prepareStatement("delete from announcement where expires_at <= ?")) {
      delete.setObject(1, at(now));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot delete old announcements", e);
    }
  }

  byte[] challengeKey() {
    try (var connection = database.connection();
        var select = connection.prepareStatement("select key from announcement_challenge_key");
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getBytes(1);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the key of the challenges", e);
    }
  }

  private static List<AnnouncementDetails> read(PreparedStatement select) throws SQLException {
    try (var rows = select.executeQuery()) {
      List<AnnouncementDetails> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new AnnouncementDetails(
                rows.getObject(1, UUID.class),
                AnnouncedKey.ofBytes(rows.getBytes(2)),
                new Applicant(rows.getString(3), rows.getString(4), rows.getString(5)),
                rows.getString(6),
                Status.coded(rows.getString(7)),
                rows.getObject(8, OffsetDateTime.class).toInstant(),
                rows.getObject(9, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rows.getObject(10, UUID.class)).map(HostId::new)));
      }
      return found;
    }
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
