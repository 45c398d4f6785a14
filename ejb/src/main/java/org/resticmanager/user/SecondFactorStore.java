package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Envelopes;

/** The second factors in the database; call it inside a transaction. */
@ApplicationScoped
public class SecondFactorStore {

  private static final String COLUMN = "second_factor.secret";

  private final Sql sql;
  private final Envelopes envelopes;

  @Inject
  SecondFactorStore(Database database, Envelopes envelopes) {
    sql = new Sql(database);
    this.envelopes = envelopes;
  }

  /** For the container's proxies. */
  protected SecondFactorStore() {
    sql = null;
    envelopes = null;
  }

  /** One that is still to be confirmed; false if there is one that is. */
  boolean begin(UserId user, OneTimeCodes codes) {
    return sql.update(
            "insert into second_factor as f (id, secret_envelope) values (?, ?)"
                + " on conflict (id) do update set secret_envelope = excluded.secret_envelope"
                + " where f.confirmed_at is null",
            user.value(),
            envelopes.close(codes.secret(), user.value(), COLUMN))
        == 1;
  }

  /** The codes that must be shown to come in; empty if none must. */
  Optional<OneTimeCodes> confirmed(UserId user) {
    return codes(user, "confirmed_at is not null");
  }

  /** The codes that are still to be confirmed. */
  Optional<OneTimeCodes> unconfirmed(UserId user) {
    return codes(user, "confirmed_at is null");
  }

  private Optional<OneTimeCodes> codes(UserId user, String condition) {
    return sql.row(
            row -> row.getBytes("secret_envelope"),
            "select secret_envelope from second_factor where id = ? and " + condition,
            user.value())
        .map(envelope -> new OneTimeCodes(envelopes.open(envelope, user.value(), COLUMN)));
  }

  void confirm(UserId user, Instant now) {
    sql.update(
        "update second_factor set confirmed_at = ? where id = ? and confirmed_at is null",
        now,
        user.value());
  }

  /**
   * True for exactly one caller: a code that somebody has seen over a shoulder is worth nothing.
   */
  boolean useStep(UserId user, long step) {
    return sql.update(
            "update second_factor set last_step = ? where id = ? and last_step < ?",
            step,
            user.value(),
            step)
        == 1;
  }

  void replaceRecoveryCodes(UserId user, List<String> codes) {
    sql.update("delete from recovery_code where user_id = ?", user.value());
    for (String code : codes) {
      sql.update(
          "insert into recovery_code (user_id, code_hash) values (?, ?)",
          user.value(),
          RecoveryCodes.hash(code));
    }
  }

  /** True for exactly one caller. */
  boolean useRecoveryCode(UserId user, String code) {
    return sql.update(
            "delete from recovery_code where user_id = ? and code_hash = ?",
            user.value(),
            RecoveryCodes.hash(code))
        == 1;
  }

  int recoveryCodes(UserId user) {
    return sql.row(
            row -> row.getInt(1),
            "select count(*) from recovery_code where user_id = ?",
            user.value())
        .orElseThrow();
  }

  /** Returns whether there was one that was confirmed. */
  boolean delete(UserId user) {
    sql.update("delete from recovery_code where user_id = ?", user.value());
    return sql.row(
            row -> row.getBoolean(1),
            "delete from second_factor where id = ? returning confirmed_at is not null",
            user.value())
        .orElse(false);
  }
}
