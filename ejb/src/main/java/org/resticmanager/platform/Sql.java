package org.resticmanager.platform;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One statement at a time on the data source, for stores. Inside a transaction it belongs to it.
 * Parameters may be null; an {@link Instant} is written as a time.
 */
public final class Sql {

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {

    /** Called once for each row, on which the set stands. */
    T read(ResultSet row) throws SQLException;
  }

  private final Database database;

  public Sql(Database database) {
    this.database = requireNonNull(database);
  }

  /** Returns how many rows were written. */
  public int update(String statement, Object... parameters) {
    try (var connection = database.connection();
        var prepared = connection.prepareStatement(statement)) {
      set(prepared, parameters);
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** All rows; the statement limits them. */
  public <T> List<T> rows(RowReader<T> reader, String statement, Object... parameters) {
    try (var connection = database.connection();
        var prepared = connection.prepareStatement(statement)) {
      set(prepared, parameters);
      try (var rows = prepared.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reader.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** The first row, if there is one. */
  public <T> Optional<T> row(RowReader<T> reader, String statement, Object... parameters) {
    return rows(reader, statement, parameters).stream().findFirst();
  }

  /** A parameter for each of these values, as in {@code in (?, ?)}. */
  public static String marks(Collection<?> values) {
    return String.join(", ", Collections.nCopies(values.size(), "?"));
  }

  /** A time in a row; null if there is none. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, java.time.OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void set(PreparedStatement prepared, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      prepared.setObject(
          i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
  }
}
