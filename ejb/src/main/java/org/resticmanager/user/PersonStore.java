package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Sql;
import org.resticmanager.secret.Token;

/** The people and their set-up links in the database; call it inside a transaction. */
@ApplicationScoped
public class PersonStore {

  private static final String ACCOUNT =
      "select id, name, role, host_tags, password_hash, disabled_at is not null as disabled from app_user";

  private static final String DETAILS =
      "select p.id, p.name, p.role, p.host_tags, p.disabled_at is not null as disabled,"
          + " p.issuer, p.password_hash is not null as password_set,"
          + " p.created_at,"
          + " exists (select 1 from second_factor f where f.id = p.id"
          + " and f.confirmed_at is not null) as second_factor,"
          + " l.expires_at as link_expires_at,"
          + " (select max(s.last_seen_at) from sign_in s where s.user_id = p.id) as last_seen_at"
          + " from app_user p left join set_up_link l on l.user_id = p.id";

  private final Sql sql;

  @Inject
  PersonStore(Database database) {
    sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected PersonStore() {
    sql = null;
  }

  /** False if the name is taken; upper and lower case are the same. */
  boolean insert(Account account, Instant now) {
    return sql.update(
            "insert into app_user (id, name, role, host_tags, password_hash, created_at)"
                + " values (?, ?, ?, string_to_array(?, ' '), ?, ?) on conflict (lower(name)) do nothing",
            account.id().value(),
            account.name(),
            account.role().roleName(),
            HostTagsColumn.written(account.hostTags()),
            account.passwordHash().orElse(null),
            now)
        == 1;
  }

  Optional<Account> named(String name) {
    return sql.row(PersonStore::account, ACCOUNT + " where lower(name) = lower(?)", name);
  }

  /** The account of an identity, which nobody else changes until the transaction's end. */
  Optional<Account> lockedOf(ProviderIdentity identity) {
    return sql.row(
        PersonStore::account,
        ACCOUNT + " where issuer = ? and subject = ? for update",
        identity.issuer(),
        identity.subject());
  }

  /** From now on the account is that of an identity, and has no password. */
  void link(UserId id, ProviderIdentity identity) {
    sql.update(
        "update app_user set issuer = ?, subject = ? where id = ?",
        identity.issuer(),
        identity.subject(),
        id.value());
  }

  /** By what a person comes in; empty if there is none of this id. */
  Optional<ComesInBy> comesInBy(UserId id) {
    return sql.row(
        row -> ComesInBy.of(row.getString("issuer")),
        "select issuer from app_user where id = ?",
        id.value());
  }

  /** The account, which nobody else changes until the transaction's end. */
  Optional<Account> locked(UserId id) {
    return sql.row(PersonStore::account, ACCOUNT + " where id = ? for update", id.value());
  }

  /**
   * The administrators who could come in. None of them is changed by others until the transaction's
   * end: two who take each other's role away come one after the other.
   */
  List<UserId> lockedAdmins() {
    return sql.rows(
        row -> new UserId(row.getObject("id", UUID.class)),
        "select id from app_user where role = 'admin' and disabled_at is null"
            + " and password_hash is not null order by id for update");
  }

  /**
   * Whether there is an administrator of our own: those of an identity provider may be gone with
   * its next answer.
   */
  boolean hasAdmin() {
    return sql.row(
            row -> true, "select 1 from app_user where role = 'admin' and issuer is null limit 1")
        .isPresent();
  }

  Optional<PersonDetails> details(UserId id) {
    return sql.row(PersonStore::details, DETAILS + " where p.id = ?", id.value());
  }

  List<PersonDetails> pageByName(String afterName, int limit) {
    return sql.rows(
        PersonStore::details,
        DETAILS + " where lower(p.name) > lower(?) order by lower(p.name) limit ?",
        afterName,
        limit);
  }

  void setRights(UserId id, Role role, Tags hostTags) {
    sql.update(
        "update app_user set role = ?, host_tags = string_to_array(?, ' ') where id = ?",
        role.roleName(),
        HostTagsColumn.written(hostTags),
        id.value());
  }

  void setDisabled(UserId id, Instant disabledAt) {
    sql.update("update app_user set disabled_at = ? where id = ?", disabledAt, id.value());
  }

  void setPassword(UserId id, String hash) {
    sql.update("update app_user set password_hash = ? where id = ?", hash, id.value());
  }

  void delete(UserId id) {
    sql.update("delete from app_user where id = ?", id.value());
  }

  /** Only the newest link of a person works. */
  void replaceLink(UserId id, Token token, Instant expiresAt) {
    sql.update(
        "insert into set_up_link (user_id, token_hash, expires_at) values (?, ?, ?)"
            + " on conflict (user_id) do update set token_hash = excluded.token_hash,"
            + " expires_at = excluded.expires_at",
        id.value(),
        token.hash(),
        expiresAt);
  }

  /** Whose link it is, if it still works. */
  Optional<UserId> ofLink(Token token, Instant now) {
    return sql.row(
        row -> new UserId(row.getObject("user_id", UUID.class)),
        "select user_id from set_up_link where token_hash = ? and expires_at > ?",
        token.hash(),
        now);
  }

  /** True for exactly one caller. */
  boolean useLink(Token token, Instant now) {
    return sql.update(
            "delete from set_up_link where token_hash = ? and expires_at > ?", token.hash(), now)
        == 1;
  }

  void deleteLink(UserId id) {
    sql.update("delete from set_up_link where user_id = ?", id.value());
  }

  /**
   * Adds a link for the first administrator.
   *
   * @param before the one that it is instead of; empty if there is none
   */
  void addSetUpToken(Optional<Token> before, Token token, Instant now) {
    before.ifPresent(
        old -> sql.update("delete from set_up_token where token_hash = ?", old.hash()));
    sql.update(
        "insert into set_up_token (token_hash, created_at) values (?, ?)", token.hash(), now);
  }

  /** Whether a node has made this token, and nobody has used one since. */
  boolean hasSetUpToken(Token token) {
    return sql.row(row -> true, "select 1 from set_up_token where token_hash = ?", token.hash())
        .isPresent();
  }

  /** True for exactly one caller, of whichever link: with it those of all nodes are used. */
  boolean useSetUpToken(Token token) {
    return sql.update(
            "delete from set_up_token where exists"
                + " (select from set_up_token where token_hash = ?)",
            token.hash())
        > 0;
  }

  static Account account(ResultSet row) throws SQLException {
    return new Account(
        new UserId(row.getObject("id", UUID.class)),
        row.getString("name"),
        Role.named(row.getString("role")),
        HostTagsColumn.read(row, "host_tags"),
        Optional.ofNullable(row.getString("password_hash")),
        row.getBoolean("disabled"));
  }

  private static PersonDetails details(ResultSet row) throws SQLException {
    return new PersonDetails(
        new UserId(row.getObject("id", UUID.class)),
        row.getString("name"),
        Role.named(row.getString("role")),
        HostTagsColumn.read(row, "host_tags"),
        row.getBoolean("disabled"),
        ComesInBy.of(row.getString("issuer")),
        row.getBoolean("password_set"),
        row.getBoolean("second_factor"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "link_expires_at"),
        Sql.instant(row, "last_seen_at"));
  }
}
