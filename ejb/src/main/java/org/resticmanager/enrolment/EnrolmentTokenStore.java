package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import org.resticmanager.secret.Token;

/** The enrolment tokens in the database, by their hashes; call it inside a transaction. */
@ApplicationScoped
public class EnrolmentTokenStore {

  private static final String DETAILS =
      "select id, label, created_by, created_at, expires_at, for_host, used_at, used_by,"
          + " revoked_at from enrolment_token";

  private final Database database;

  @Inject
  EnrolmentTokenStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected EnrolmentTokenStore() {
    this(null);
  }

  /**
   * A token that was redeemed.
   *
   * @param forHost the host that is enrolled anew; empty for a new one
   */
  record Used(Optional<HostId> forHost) {}

  void insert(Token token, EnrolmentTokenDetails details) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into enrolment_token (token_hash, id, label, created_by, created_at,"
                    + " expires_at, for_host) values (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, token.hash());
      insert.setObject(2, details.id());
      insert.setString(3, details.label());
      insert.setString(4, details.createdBy());
      insert.setObject(5, at(details.createdAt()));
      insert.setObject(6, at(details.expiresAt()));
      insert.setObject(7, details.forHost().map(HostId::value).orElse(null));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep an enrolment token", e);
    }
  }

  /** Present for exactly one caller per token: the row's lock decides between two who race. */
  Optional<Used> use(Token token, Instant now) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update enrolment_token set used_at = ? where token_hash = ? and used_at is null"
                    + " and revoked_at is null and expires_at > ? returning for_host")) {
      update.setObject(1, at(now));
      update.setBytes(2, token.hash());
      update.setObject(3, at(now));
      try (var rows = update.executeQuery()) {
        return rows.next() ? Optional.of(new Used(host(rows, 1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot redeem an enrolment token", e);
    }
  }

  /** Notes which host came of a token. */
  void usedBy(Token token, HostId host) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update enrolment_token set used_by = ? where token_hash = ?")) {
      update.setObject(1, host.value());
      update.setBytes(2, token.hash());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note who enrolled", e);
    }
  }

  /** False if it was used or revoked before. */
  boolean revoke(UUID id, Instant now) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update enrolment_token set revoked_at = ? where id = ? and used_at is null"
                    + " and revoked_at is null")) {
      update.setObject(1, at(now));
      update.setObject(2, id);
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot revoke an enrolment token", e);
    }
  }

  Optional<EnrolmentTokenDetails> find(UUID id, Instant now) {
    try (var connection = database.connection();
        var select = connection.prepareStatement(DETAILS + " where id = ?")) {
      select.setObject(1, id);
      return read(select, now).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read an enrolment token", e);
    }
  }

  /** Newest first. */
  List<EnrolmentTokenDetails> page(Optional<UUID> before, int limit, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                DETAILS
                    + (before.isPresent()
                        ? " where (created_at, id) < (select created_at, id from enrolment_token"
                            + " where id = ?)"
                        : "")
                    + " order by created_at desc, id desc limit ?")) {
      int index = 1;
      if (before.isPresent()) {
        select.setObject(index++, before.get());
      }
      select.setInt(index, limit);
      return read(select, now);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the enrolment tokens", e);
    }
  }

  private static List<EnrolmentTokenDetails> read(PreparedStatement select, Instant now)
      throws SQLException {
    try (var rows = select.executeQuery()) {
      List<EnrolmentTokenDetails> found = new ArrayList<>();
      while (rows.next()) {
        Instant expiresAt = instant(rows, 5);
        Instant usedAt = instant(rows, 7);
        Instant revokedAt = instant(rows, 9);
        found.add(
            new EnrolmentTokenDetails(
                rows.getObject(1, UUID.class),
                rows.getString(2),
                rows.getString(3),
                instant(rows, 4),
                expiresAt,
                host(rows, 6),
                usedAt,
                host(rows, 8),
                revokedAt,
                EnrolmentTokenDetails.State.of(usedAt, revokedAt, expiresAt, now)));
      }
      return found;
    }
  }

  private static Optional<HostId> host(ResultSet rows, int column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, UUID.class)).map(HostId::new);
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
