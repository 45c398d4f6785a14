package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.secret.Token;

/** The tokens of agents in the database, by their hashes; call it inside a transaction. */
@ApplicationScoped
public class AgentTokenStore {

  /** With the moment as the one parameter. */
  private static final String VALID =
      "revoked_at is null and (expires_at is null or expires_at > ?)";

  private final Database database;

  @Inject
  AgentTokenStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected AgentTokenStore() {
    this(null);
  }

  /**
   * Until the transaction ends nobody else decides who is let in as this host: what is made for it
   * at the same moment is made before, or after.
   */
  void lock(HostId host) {
    try (var connection = database.connection()) {
      lock(connection, host);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot wait for who decides about host " + host, e);
    }
  }

  private static void lock(Connection connection, HostId host) throws SQLException {
    try (var lock =
        connection.prepareStatement("select 1 from host where id = ? for no key update")) {
      lock.setObject(1, host.value());
      lock.execute();
    }
  }

  /**
   * Keeps another token for the agent of a host, if there is one: nobody has it by now if the host
   * was cut off, and who it was may have been replaced by a machine that has not come yet.
   *
   * @return whether it was kept
   */
  boolean offer(UUID id, Token token, HostId host, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into agent_token (id, token_hash, host_id, created_at)"
                    + " select ?, ?, ?, ? where exists (select 1 from agent_token"
                    + " where host_id = ? and confirmed_at is not null and "
                    + VALID
                    + ")")) {
      lock(connection, host);
      insert.setObject(1, id);
      insert.setBytes(2, token.hash());
      insert.setObject(3, host.value());
      insert.setObject(4, at(now));
      insert.setObject(5, host.value());
      insert.setObject(6, at(now));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot offer a token to host " + host, e);
    }
  }

  void insert(UUID id, Token token, HostId host, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into agent_token (id, token_hash, host_id, created_at)"
                    + " values (?, ?, ?, ?)")) {
      insert.setObject(1, id);
      insert.setBytes(2, token.hash());
      insert.setObject(3, host.value());
      insert.setObject(4, at(now));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep a token of host " + host, e);
    }
  }

  /**
   * The host whose token this is, if it is valid. The first time it is used, the agent is known to
   * have it: the host's older tokens are worthless from then on. Newer ones stay: the agent may be
   * about to store one.
   */
  Optional<HostId> signIn(Token token, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select id, host_id, signed_in_at is null from agent_token"
                    + " where token_hash = ? and "
                    + VALID)) {
      select.setBytes(1, token.hash());
      select.setObject(2, at(now));
      try (var rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        HostId host = new HostId(rows.getObject(2, UUID.class));
        if (rows.getBoolean(3)) {
          firstUse(connection, rows.getObject(1, UUID.class), host, now);
        }
        return Optional.of(host);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for the host of a token", e);
    }
  }

  private static void firstUse(Connection connection, UUID id, HostId host, Instant now)
      throws SQLException {
    try (var used =
            connection.prepareStatement(
                "update agent_token set signed_in_at = ?,"
                    + " confirmed_at = coalesce(confirmed_at, ?) where id = ?");
        var retire =
            connection.prepareStatement(
                "update agent_token set revoked_at = ? where host_id = ? and revoked_at is null"
                    + " and created_at < (select created_at from agent_token where id = ?)")) {
      used.setObject(1, at(now));
      used.setObject(2, at(now));
      used.setObject(3, id);
      used.executeUpdate();
      retire.setObject(1, at(now));
      retire.setObject(2, host.value());
      retire.setObject(3, id);
      retire.executeUpdate();
    }
    forgetRotation(connection, host, id);
  }

  /**
   * The agent has this token on its disk: the older ones go at a moment of their own.
   *
   * @param end of the older tokens, unless theirs comes sooner
   */
  void confirm(UUID id, HostId host, Instant now, Instant end) {
    try (var connection = database.connection();
        var confirm =
            connection.prepareStatement(
                "update agent_token set confirmed_at = ? where id = ? and host_id = ?"
                    + " and confirmed_at is null");
        var expire =
            connection.prepareStatement(
                "update agent_token set expires_at = least(expires_at, ?) where host_id = ?"
                    + " and revoked_at is null"
                    + " and created_at < (select created_at from agent_token where id = ?)")) {
      confirm.setObject(1, at(now));
      confirm.setObject(2, id);
      confirm.setObject(3, host.value());
      if (confirm.executeUpdate() == 1) {
        expire.setObject(1, at(end));
        expire.setObject(2, host.value());
        expire.setObject(3, id);
        expire.executeUpdate();
        forgetRotation(connection, host, id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot confirm a token of host " + host, e);
    }
  }

  /** What was wanted before the token was made is done. */
  private static void forgetRotation(Connection connection, HostId host, UUID token)
      throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "delete from agent_token_rotation where host_id = ?"
                + " and requested_at <= (select created_at from agent_token where id = ?)")) {
      delete.setObject(1, host.value());
      delete.setObject(2, token);
      delete.executeUpdate();
    }
  }

  /** The agent could not keep this token; nobody has it. */
  void drop(UUID id, HostId host) {
    try (var connection = database.connection();
        var delete =
            connection.prepareStatement(
                "delete from agent_token where id = ? and host_id = ?"
                    + " and confirmed_at is null and signed_in_at is null")) {
      delete.setObject(1, id);
      delete.setObject(2, host.value());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop a token of host " + host, e);
    }
  }

  /** All tokens of a host are worthless from now on, also one that is made at this moment. */
  void revokeAll(HostId host, Instant now) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update agent_token set revoked_at = ? where host_id = ? and revoked_at is null");
        var delete =
            connection.prepareStatement("delete from agent_token_rotation where host_id = ?")) {
      lock(connection, host);
      update.setObject(1, at(now));
      update.setObject(2, host.value());
      update.executeUpdate();
      delete.setObject(1, host.value());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot revoke the tokens of host " + host, e);
    }
  }

  /** Whether an agent of the host has ever signed in. */
  boolean everUsed(HostId host) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select exists (select 1 from agent_token where host_id = ?"
                    + " and signed_in_at is not null)")) {
      select.setObject(1, host.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for sign-ins of host " + host, e);
    }
  }

  /** The wish stays until the agent has another token; a second one changes nothing. */
  void wantRotation(HostId host, String by, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into agent_token_rotation (host_id, requested_at, requested_by)"
                    + " values (?, ?, ?) on conflict (host_id) do nothing")) {
      insert.setObject(1, host.value());
      insert.setObject(2, at(now));
      insert.setString(3, by);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note that a token is to be replaced", e);
    }
  }

  /** Those of the hosts for which no token is valid. */
  Set<HostId> cutOff(Collection<HostId> hosts, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select host from unnest(?) host where not exists (select 1 from agent_token"
                    + " where host_id = host and "
                    + VALID
                    + ")")) {
      select.setArray(1, ids(connection, hosts));
      select.setObject(2, at(now));
      try (var rows = select.executeQuery()) {
        return read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for hosts that are cut off", e);
    }
  }

  /**
   * Those of the hosts whose token is to be replaced, because somebody wants it or because the
   * newest that their agent has was made before a moment.
   *
   * @param madeBefore empty if age is no reason
   * @param triedAfter whoever was offered one since then is left alone for now; empty if nobody is
   */
  Set<HostId> dueForRotation(
      Collection<HostId> hosts, Optional<Instant> madeBefore, Optional<Instant> triedAfter) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select host from unnest(?) host where"
                    + " (exists (select 1 from agent_token_rotation where host_id = host)"
                    + " or (select max(created_at) from agent_token where host_id = host"
                    + " and revoked_at is null and confirmed_at is not null) < ?)"
                    + " and not exists (select 1 from agent_token where host_id = host"
                    + " and revoked_at is null and confirmed_at is null and created_at > ?)")) {
      select.setArray(1, ids(connection, hosts));
      select.setObject(2, at(madeBefore.orElse(Instant.EPOCH)));
      select.setObject(3, at(triedAfter.orElse(Instant.parse("9999-01-01T00:00:00Z"))));
      try (var rows = select.executeQuery()) {
        return read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for tokens to replace", e);
    }
  }

  AgentAccess access(HostId host, Instant now) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select max(created_at) filter (where confirmed_at is not null),"
                    + " count(*) filter (where "
                    + VALID
                    + "), max(revoked_at),"
                    + " (select requested_at from agent_token_rotation where host_id = ?),"
                    + " (select requested_by from agent_token_rotation where host_id = ?)"
                    + " from agent_token where host_id = ?")) {
      select.setObject(1, at(now));
      select.setObject(2, host.value());
      select.setObject(3, host.value());
      select.setObject(4, host.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        boolean cutOff = rows.getInt(2) == 0;
        return new AgentAccess(
            cutOff ? null : instant(rows, 1),
            cutOff ? instant(rows, 3) : null,
            instant(rows, 4),
            rows.getString(5));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the access of host " + host, e);
    }
  }

  private static java.sql.Array ids(Connection connection, Collection<HostId> hosts)
      throws SQLException {
    return connection.createArrayOf("uuid", hosts.stream().map(HostId::value).toArray());
  }

  private static Set<HostId> read(ResultSet rows) throws SQLException {
    Set<HostId> found = new HashSet<>();
    while (rows.next()) {
      found.add(new HostId(rows.getObject(1, UUID.class)));
    }
    return found;
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    OffsetDateTime moment = rows.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
