package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Token;

/** The browsers in which people have signed in, in the database. */
@ApplicationScoped
public class DeviceStore {

  /** Of one person; those used longest ago give way. */
  static final int MOST = 20;

  private final Sql sql;

  @Inject
  DeviceStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected DeviceStore() {
    sql = null;
  }

  /** Whether the person has signed in on this device. */
  boolean knows(Token device, UserId user) {
    return sql.row(
            row -> true,
            "select 1 from known_device where token_hash = ? and user_id = ?",
            device.hash(),
            user.value())
        .isPresent();
  }

  /** Whether it is a device that we have given its token, whoever signed in on it. */
  boolean gave(Token device) {
    return sql.row(
            row -> true, "select 1 from known_device where token_hash = ? limit 1", device.hash())
        .isPresent();
  }

  void remember(Token device, UserId user, Instant now) {
    sql.update(
        "insert into known_device (token_hash, user_id, last_used_at) values (?, ?, ?)"
            + " on conflict (token_hash, user_id) do update set"
            + " last_used_at = excluded.last_used_at",
        device.hash(),
        user.value(),
        now);
    sql.update(
        "delete from known_device where user_id = ? and token_hash not in"
            + " (select token_hash from known_device where user_id = ?"
            + " order by last_used_at desc limit ?)",
        user.value(),
        user.value(),
        MOST);
  }

  /** The person has signed in nowhere before. */
  void forget(UserId user) {
    sql.update("delete from known_device where user_id = ?", user.value());
  }
}
