package org.resticmanager.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.resticmanager.platform.Database;

/** Every envelope in the database, whatever it holds; call it inside a transaction. */
@ApplicationScoped
public class EnvelopeStore {

  private static final String SUFFIX = "_envelope";

  private final Database database;

  @Inject
  EnvelopeStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected EnvelopeStore() {
    this(null);
  }

  /** A column of envelopes; its names come from the database's own catalogue. */
  record Column(String table, String name) {

    /** What its envelopes are bound to. */
    String boundTo() {
      return table + "." + name.substring(0, name.length() - SUFFIX.length());
    }
  }

  /** An envelope and where it lies. */
  record Lying(Column column, UUID row, byte[] envelope) {}

  /** All columns of envelopes. */
  List<Column> columns() {
    try (Connection connection = database.connection();
        var select =
            connection.prepareStatement(
                "select table_name, column_name from information_schema.columns"
                    + " where table_schema = current_schema() and data_type = 'bytea'"
                    + " and right(column_name, 9) = ? order by 1, 2")) {
      select.setString(1, SUFFIX);
      try (var rows = select.executeQuery()) {
        List<Column> columns = new ArrayList<>();
        while (rows.next()) {
          columns.add(new Column(rows.getString(1), rows.getString(2)));
        }
        return columns;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for envelopes", e);
    }
  }

  /** How many envelopes were closed with each key, by the key's name. */
  Map<String, Long> perKey() {
    Map<String, Long> envelopes = new TreeMap<>();
    for (Column column : columns()) {
      String sql =
          "select encode(substring(%1$s from 2 for 4), 'hex'), count(*) from %2$s where %1$s is not null group by 1"
              .formatted(column.name(), column.table());
      try (Connection connection = database.connection();
          var select = connection.prepareStatement(sql);
          var rows = select.executeQuery()) {
        while (rows.next()) {
          envelopes.merge(rows.getString(1), rows.getLong(2), Long::sum);
        }
      } catch (SQLException e) {
        throw new IllegalStateException("cannot count the envelopes in " + column.table(), e);
      }
    }
    return envelopes;
  }

  /** Some envelopes of a column that were closed with another key than this one. */
  List<Lying> otherThan(String keyId, Column column, int limit) {
    String sql =
        "select id, %1$s from %2$s where encode(substring(%1$s from 2 for 4), 'hex') <> ? limit ?"
            .formatted(column.name(), column.table());
    try (Connection connection = database.connection();
        var select = connection.prepareStatement(sql)) {
      select.setString(1, keyId);
      select.setInt(2, limit);
      try (var rows = select.executeQuery()) {
        List<Lying> lying = new ArrayList<>();
        while (rows.next()) {
          lying.add(new Lying(column, rows.getObject(1, UUID.class), rows.getBytes(2)));
        }
        return lying;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the envelopes in " + column.table(), e);
    }
  }

  /** Replaces an envelope, unless it is another one by now. */
  void replace(Lying old, byte[] envelope) {
    String sql =
        "update %2$s set %1$s = ? where id = ? and %1$s = ?"
            .formatted(old.column().name(), old.column().table());
    try (Connection connection = database.connection();
        var update = connection.prepareStatement(sql)) {
      update.setBytes(1, envelope);
      update.setObject(2, old.row());
      update.setBytes(3, old.envelope());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write an envelope in " + old.column().table(), e);
    }
  }

  /** Puts the canary into its place, unless one is there. */
  void insertCanary(UUID row, byte[] envelope) {
    try (Connection connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into secret_canary (id, canary_envelope) values (?, ?)"
                    + " on conflict do nothing")) {
      insert.setObject(1, row);
      insert.setBytes(2, envelope);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the canary", e);
    }
  }
}
