package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;

/** What providers have told of sign-outs, in the database; call it inside a transaction. */
@ApplicationScoped
public class ProviderLogoutStore {

  private final Sql sql;

  @Inject
  ProviderLogoutStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected ProviderLogoutStore() {
    sql = null;
  }

  /** True for exactly one caller, of whichever node; those that would not be believed are swept. */
  boolean use(ProviderLogout logout, Instant now) {
    sql.update("delete from provider_logout where expires_at <= ?", now);
    return sql.update(
            "insert into provider_logout (issuer, id, provider_session, expires_at)"
                + " values (?, ?, ?, ?) on conflict do nothing",
            logout.issuer(),
            logout.id(),
            logout.session().orElse(null),
            logout.expiresAt())
        == 1;
  }
}
