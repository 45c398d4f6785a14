package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.secret.Token;

/** The tokens of agents in the database, by their hashes; call it inside a transaction. */
@ApplicationScoped
public class AgentTokenStore {

  private final Database database;

  @Inject
  AgentTokenStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected AgentTokenStore() {
    this(null);
  }

  void insert(Token token, HostId host, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into agent_token (token_hash, host_id, created_at) values (?, ?, ?)")) {
      insert.setBytes(1, token.hash());
      insert.setObject(2, host.value());
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep a token of host " + host, e);
    }
  }

  /** All tokens of a host are worthless from now on. */
  void revokeAll(HostId host, Instant now) {
    try (var connection = database.connection();
        var update =
            connection.prepareStatement(
                "update agent_token set revoked_at = ? where host_id = ? and revoked_at is null")) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, host.value());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot revoke the tokens of host " + host, e);
    }
  }

  Optional<HostId> hostOf(Token token) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select host_id from agent_token where token_hash = ? and revoked_at is null")) {
      select.setBytes(1, token.hash());
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new HostId(rows.getObject(1, UUID.class)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for the host of a token", e);
    }
  }
}
