package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Token;

/** The API tokens in the database; call it inside a transaction. */
@ApplicationScoped
public class ApiTokenStore {

  private final Sql sql;

  @Inject
  ApiTokenStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected ApiTokenStore() {
    sql = null;
  }

  void insert(Token token, UserId user, String label, Instant now, Instant expiresAt) {
    sql.update(
        "insert into api_token (token_hash, user_id, label, created_at, expires_at)"
            + " values (?, ?, ?, ?, ?)",
        token.hash(),
        user.value(),
        label,
        now,
        expiresAt);
  }

  /** One indexed read: asked with every request. */
  Optional<Caller> callerOf(Token token, Instant now) {
    return sql.row(
        row -> PersonStore.account(row).caller(),
        "select p.id, p.name, p.role, p.password_hash, false as disabled from api_token t"
            + " join app_user p on p.id = t.user_id where t.token_hash = ? and t.expires_at > ?"
            + " and p.disabled_at is null",
        token.hash(),
        now);
  }
}
