package org.resticmanager.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.resticmanager.platform.Database;

/** The audit events and their chain in the database; call it inside a transaction. */
@ApplicationScoped
public class AuditStore {

  private static final String COLUMNS =
      "id, at, actor, address, action, target_type, target_id, target_name, facts_before,"
          + " facts_after, number";

  /** There is one chain. */
  static final UUID ROW = new UUID(0, 1);

  private final Database database;

  @Inject
  AuditStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected AuditStore() {
    this(null);
  }

  /**
   * The chain as it stands.
   *
   * @param key its key, in an envelope
   * @param number of the last event that is part of it
   * @param mark of that event
   */
  record Head(byte[] key, long number, byte[] mark) {}

  /**
   * An event of the chain.
   *
   * @param mark as it is stored
   */
  record Link(AuditEvent event, byte[] mark) {}

  /** Reads a row. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  void insert(AuditEvent event) {
    update(
        "insert into audit_event (id, at, actor, address, action, target_type, target_id,"
            + " target_name, facts_before, facts_after) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.id(),
        utc(event.at()),
        storable(event.actor()),
        event.address().orElse(null),
        event.action(),
        event.target().type(),
        storable(event.target().id()),
        storable(event.target().name()),
        event.before().map(AuditStore::storable).orElse(null),
        event.after().map(AuditStore::storable).orElse(null));
  }

  /** PostgreSQL has no text with this character in it. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  /** Newest first. */
  List<AuditEvent> page(AuditFilter filter, Optional<UUID> before, int limit) {
    StringBuilder where = new StringBuilder(" where true");
    List<Object> values = new ArrayList<>();
    if (!filter.actor().isEmpty()) {
      where.append(" and actor = ?");
      values.add(filter.actor());
    }
    if (!filter.action().isEmpty()) {
      where.append(
          filter.action().endsWith(".") ? " and starts_with(action, ?)" : " and action = ?");
      values.add(filter.action());
    }
    if (!filter.target().isEmpty()) {
      where.append(" and (target_id = ? or target_name = ?)");
      values.add(filter.target());
      values.add(filter.target());
    }
    filter
        .from()
        .ifPresent(
            from -> {
              where.append(" and at >= ?");
              values.add(utc(from));
            });
    filter
        .to()
        .ifPresent(
            to -> {
              where.append(" and at < ?");
              values.add(utc(to));
            });
    before.ifPresent(
        id -> {
          where.append(" and id < ?");
          values.add(id);
        });
    values.add(limit);
    return query(
        "select " + COLUMNS + " from audit_event" + where + " order by id desc limit ?",
        AuditStore::event,
        values.toArray());
  }

  /** Makes the chain with this key, unless there is one. */
  void begin(byte[] key) {
    update(
        "insert into audit_chain (id, key_envelope, number, mark) values (?, ?, 0, ?)"
            + " on conflict do nothing",
        ROW,
        key,
        Chain.BEGINNING);
  }

  /** The chain; empty if it has not begun. */
  Optional<Head> head() {
    return head("");
  }

  /** The chain, for the one who makes it longer; empty while another does. */
  Optional<Head> headForUpdate() {
    return head(" for update skip locked");
  }

  private Optional<Head> head(String lock) {
    return query(
            "select key_envelope, number, mark from audit_chain" + lock,
            row -> new Head(row.getBytes(1), row.getLong(2), row.getBytes(3)))
        .stream()
        .findFirst();
  }

  /** Those that are not part of the chain yet, oldest first. */
  List<AuditEvent> waiting(int limit) {
    return query(
        "select " + COLUMNS + " from audit_event where number is null order by id limit ?",
        AuditStore::event,
        limit);
  }

  /** How many are not part of the chain yet. */
  long waiting() {
    return query("select count(*) from audit_event where number is null", row -> row.getLong(1))
        .get(0);
  }

  /** Gives an event its place; the chain's head is to follow in the same transaction. */
  void append(AuditEvent event, long number, byte[] mark) {
    update("update audit_event set number = ?, mark = ? where id = ?", number, mark, event.id());
  }

  /** The chain ends here now. */
  void moveHead(long number, byte[] mark) {
    update("update audit_chain set number = ?, mark = ?", number, mark);
  }

  /** The events of the chain after a place, in its order. */
  List<Link> links(long after, int limit) {
    return query(
        "select " + COLUMNS + ", mark from audit_event where number > ? order by number limit ?",
        row -> new Link(event(row), row.getBytes(12)),
        after,
        limit);
  }

  private static AuditEvent event(ResultSet row) throws SQLException {
    long number = row.getLong(11);
    boolean unnumbered = row.wasNull();
    return new AuditEvent(
        row.getObject(1, UUID.class),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        Optional.ofNullable(row.getString(4)),
        row.getString(5),
        new Target(written(row, 6), written(row, 7), written(row, 8)),
        Optional.ofNullable(row.getString(9)),
        Optional.ofNullable(row.getString(10)),
        unnumbered ? OptionalLong.empty() : OptionalLong.of(number));
  }

  /** What was taken out by hand reads as empty, so that the chain shows it. */
  private static String written(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private void update(String sql, Object... values) {
    try (var connection = database.connection();
        var statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the audit trail", e);
    }
  }

  private <T> List<T> query(String sql, Row<T> row, Object... values) {
    try (var connection = database.connection();
        var statement = connection.prepareStatement(sql)) {
      set(statement, values);
      try (var rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(row.read(rows));
        }
        return read;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the audit trail", e);
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
