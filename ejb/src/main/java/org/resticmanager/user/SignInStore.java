package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Token;

/** The sign-ins in the database; call it inside a transaction. */
@ApplicationScoped
public class SignInStore {

  private static final String PRESENT =
      "select s.id as sign_in, s.token_hash is not null as api, s.began_at, s.last_seen_at,"
          + " p.id, p.name, p.role, p.host_tags from sign_in s join app_user p on p.id = s.user_id"
          + " where p.disabled_at is null and s.expires_at > ? and ";

  /** A sign-in with what its next life time depends on. */
  record Row(Presence presence, boolean api, Instant beganAt, Instant lastSeenAt) {}

  private final Sql sql;
  private final Notifications notifications;

  @Inject
  SignInStore(Database database) {
    sql = new Sql(database);
    notifications = new Notifications(database);
  }

  /** For the container's proxies. */
  protected SignInStore() {
    sql = null;
    notifications = null;
  }

  /**
   * Begins a sign-in, unless the account has changed since it was looked at: a password that was
   * good a moment ago must not outlive its change, nor a person their being disabled.
   *
   * @param passwordHash of the account when it was looked at
   * @param token empty for a browser
   */
  boolean insert(
      SignInId id,
      UserId user,
      String passwordHash,
      Optional<Token> token,
      Origin origin,
      Instant now,
      Instant expiresAt) {
    return sql.update(
            "insert into sign_in (id, user_id, token_hash, address, program, began_at,"
                + " last_seen_at, expires_at) select ?, id, ?, ?, ?, ?, ?, ? from app_user"
                + " where id = ? and password_hash = ? and disabled_at is null for update",
            id.value(),
            token.map(Token::hash).orElse(null),
            origin.address(),
            origin.program(),
            now,
            now,
            expiresAt,
            user.value(),
            passwordHash)
        == 1;
  }

  /** One indexed read: asked with every request. */
  Optional<Row> find(SignInId id, Instant now) {
    return sql.row(
        SignInStore::row, PRESENT + "s.id = ? and s.token_hash is null", now, id.value());
  }

  /**
   * Begins a browser's sign-in of somebody whom an identity provider has let in, unless they are
   * disabled or have signed out there meanwhile.
   *
   * @param session of the browser, as the provider calls it; empty if it does not
   */
  boolean insertOfProvider(
      SignInId id,
      UserId user,
      Optional<String> session,
      Origin origin,
      Instant now,
      Instant expiresAt) {
    return sql.update(
            "insert into sign_in (id, user_id, provider_session, address, program, began_at,"
                + " last_seen_at, expires_at) select ?, id, ?, ?, ?, ?, ?, ? from app_user p"
                + " where id = ? and issuer is not null and disabled_at is null"
                + " and not exists (select from provider_logout l"
                + " where l.issuer = p.issuer and l.provider_session = ?) for update of p",
            id.value(),
            session.orElse(null),
            origin.address(),
            origin.program(),
            now,
            now,
            expiresAt,
            user.value(),
            session.orElse(null))
        == 1;
  }

  /** The browser shows this cookie where its web session is not known. */
  void remember(SignInId id, Token cookie) {
    sql.update("update sign_in set cookie_hash = ? where id = ?", cookie.hash(), id.value());
  }

  /** The sign-in of the browser that shows this cookie. */
  Optional<Row> findByCookie(Token cookie, Instant now) {
    return sql.row(
        SignInStore::row,
        PRESENT + "s.cookie_hash = ? and s.token_hash is null",
        now,
        cookie.hash());
  }

  /** One indexed read: asked with every request. */
  Optional<Row> find(Token token, Instant now) {
    return sql.row(SignInStore::row, PRESENT + "s.token_hash = ?", now, token.hash());
  }

  /** A sign-in of either kind. */
  Optional<Row> findAny(SignInId id, Instant now) {
    return sql.row(SignInStore::row, PRESENT + "s.id = ?", now, id.value());
  }

  void seen(SignInId id, Instant now, Instant expiresAt) {
    sql.update(
        "update sign_in set last_seen_at = ?, expires_at = greatest(expires_at, ?) where id = ?",
        now,
        expiresAt,
        id.value());
  }

  /** Newest first. */
  List<SignInDetails> of(UserId user, Instant now, int limit) {
    return sql.rows(
        SignInStore::details,
        "select id, address, program, token_hash is not null as api, began_at, last_seen_at,"
            + " expires_at from sign_in where user_id = ? and expires_at > ?"
            + " order by last_seen_at desc, id desc limit ?",
        user.value(),
        now,
        limit);
  }

  boolean delete(SignInId id) {
    return !end("s.id = ?", id.value()).isEmpty();
  }

  boolean delete(SignInId id, UserId user) {
    return !end("s.id = ? and s.user_id = ?", id.value(), user.value()).isEmpty();
  }

  int deleteAll(UserId user) {
    return end("s.user_id = ?", user.value()).size();
  }

  /**
   * Ends what a provider says has ended there. A sign-in whose session it has not named may be any
   * of that person's, and ends too.
   *
   * @return whose they were, one entry for each
   */
  List<Caller> deleteOfProvider(ProviderLogout logout) {
    String subject = logout.subject().orElse(null);
    String session = logout.session().orElse(null);
    return end(
        "p.issuer = ? and (?::text is null or p.subject = ?) and (?::text is null"
            + " or s.provider_session = ? or s.provider_session is null and p.subject = ?)",
        logout.issuer(),
        subject,
        subject,
        session,
        session,
        subject);
  }

  void deleteOthers(UserId user, SignInId kept) {
    end("s.user_id = ? and s.id <> ?", user.value(), kept.value());
  }

  /** Whoever waits by such a sign-in hears of it on every node. */
  private List<Caller> end(String condition, Object... parameters) {
    List<Caller> people =
        sql.rows(
            SignInStore::caller,
            "delete from sign_in s using app_user p where p.id = s.user_id and "
                + condition
                + " returning p.id, p.name, p.role, p.host_tags",
            parameters);
    Set<String> names = people.stream().map(Caller::name).collect(Collectors.toSet());
    if (!names.isEmpty()) {
      notifications.notify(SignIns.ENDED, names);
    }
    return people;
  }

  void deleteExpired(Instant now) {
    sql.update("delete from sign_in where expires_at <= ?", now);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new Presence(new SignInId(row.getObject("sign_in", UUID.class)), caller(row)),
        row.getBoolean("api"),
        Sql.instant(row, "began_at"),
        Sql.instant(row, "last_seen_at"));
  }

  private static Caller caller(ResultSet row) throws SQLException {
    return new Caller(
        new UserId(row.getObject("id", UUID.class)),
        row.getString("name"),
        Role.named(row.getString("role")),
        HostTagsColumn.read(row, "host_tags"));
  }

  private static SignInDetails details(ResultSet row) throws SQLException {
    return new SignInDetails(
        new SignInId(row.getObject("id", UUID.class)),
        new Origin(row.getString("address"), row.getString("program")),
        row.getBoolean("api"),
        Sql.instant(row, "began_at"),
        Sql.instant(row, "last_seen_at"),
        Sql.instant(row, "expires_at"));
  }
}
