package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Token;

/** The API tokens in the database; call it inside a transaction. */
@ApplicationScoped
public class ApiTokenStore {

  private static final String DETAILS =
      "select t.id as token, t.label, t.scope, t.host_tags, t.created_at, t.expires_at, t.last_used_at,"
          + " p.id, p.name, p.role, p.host_tags as person_host_tags from api_token t join app_user p on p.id = t.user_id";

  private final Sql sql;

  @Inject
  ApiTokenStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected ApiTokenStore() {
    sql = null;
  }

  void insert(ApiTokenDetails details, Token token) {
    sql.update(
        "insert into api_token (id, token_hash, user_id, label, scope, host_tags, created_at,"
            + " expires_at) values (?, ?, ?, ?, ?, string_to_array(?, ' '), ?, ?)",
        details.id().value(),
        token.hash(),
        details.person().id().value(),
        details.label(),
        details.scope().scopeName(),
        HostTagsColumn.written(details.hostTags()),
        details.createdAt(),
        details.expiresAt());
  }

  /** One indexed read: asked with every request. */
  Optional<ApiTokenDetails> find(Token token, Instant now) {
    return sql.row(
        ApiTokenStore::details,
        DETAILS + " where t.token_hash = ? and t.expires_at > ? and p.disabled_at is null",
        token.hash(),
        now);
  }

  /** The token, while it lets a program in. */
  Optional<ApiTokenDetails> findGood(TokenId id, Instant now) {
    return sql.row(
        ApiTokenStore::details,
        DETAILS + " where t.id = ? and t.expires_at > ? and p.disabled_at is null",
        id.value(),
        now);
  }

  Optional<ApiTokenDetails> find(TokenId id) {
    return sql.row(ApiTokenStore::details, DETAILS + " where t.id = ?", id.value());
  }

  void used(TokenId id, Instant now) {
    sql.update("update api_token set last_used_at = ? where id = ?", now, id.value());
  }

  /** Newest first, those that have expired too. */
  List<ApiTokenDetails> of(UserId user, int limit) {
    return sql.rows(
        ApiTokenStore::details,
        DETAILS + " where t.user_id = ? order by t.created_at desc, t.id desc limit ?",
        user.value(),
        limit);
  }

  /** In the order of their ids. */
  List<ApiTokenDetails> all(UUID after, int limit) {
    return sql.rows(
        ApiTokenStore::details, DETAILS + " where t.id > ? order by t.id limit ?", after, limit);
  }

  void delete(TokenId id) {
    sql.update("delete from api_token where id = ?", id.value());
  }

  private static ApiTokenDetails details(ResultSet row) throws SQLException {
    return new ApiTokenDetails(
        new TokenId(row.getObject("token", UUID.class)),
        new Caller(
            new UserId(row.getObject("id", UUID.class)),
            row.getString("name"),
            Role.named(row.getString("role")),
            HostTagsColumn.read(row, "person_host_tags")),
        row.getString("label"),
        Scope.named(row.getString("scope")),
        HostTagsColumn.read(row, "host_tags"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "expires_at"),
        Sql.instant(row, "last_used_at"));
  }
}
