package org.resticmanager.host;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.resticmanager.platform.Database;

/** When hosts were heard of, in the database; call it inside a transaction. */
@ApplicationScoped
class SignOfLifeStore {

  /** A host that somebody else writes just now is left out: nobody is to wait for it. */
  private static final String NOTE =
      "with heard as (select h.id, s.at from unnest(cast(? as uuid[]), cast(? as timestamptz[]))"
          + " as s (id, at) join host h on h.id = s.id order by h.id"
          + " for no key update of h skip locked)"
          + " update host h set last_seen_at = heard.at from heard"
          + " where h.id = heard.id and (h.last_seen_at is null or h.last_seen_at < heard.at)";

  private final Database database;

  @Inject
  SignOfLifeStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected SignOfLifeStore() {
    this(null);
  }

  /** Notes all; a moment that is before the known one changes nothing. */
  void note(Map<HostId, Instant> heard) {
    try (Connection connection = database.connection();
        PreparedStatement update = connection.prepareStatement(NOTE)) {
      HostId[] hosts = heard.keySet().toArray(HostId[]::new);
      String[] ids = new String[hosts.length];
      String[] moments = new String[hosts.length];
      for (int i = 0; i < hosts.length; i++) {
        ids[i] = hosts[i].value().toString();
        moments[i] = heard.get(hosts[i]).toString();
      }
      update.setArray(1, connection.createArrayOf("text", ids));
      update.setArray(2, connection.createArrayOf("text", moments));
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot note when hosts were heard of", e);
    }
  }
}
