package org.resticmanager;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.resticmanager.platform.Database;
import org.resticmanager.platform.Ids;

/**
 * A real PostgreSQL with our schema, and transactions without a container: what a store does within
 * {@link #inTransaction} is one.
 */
public final class TestDatabase extends Database implements AutoCloseable {

  /** Kept, or its level would be forgotten. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private static EmbeddedPostgres server;

  private final DataSource pool;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();

  private TestDatabase(DataSource pool) {
    this.pool = pool;
  }

  /** With the newest schema; every database is a new one, of one server. */
  public static TestDatabase create() {
    return create(MigrationVersion.LATEST);
  }

  /** With the schema of a version. */
  public static TestDatabase create(MigrationVersion version) {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    TestDatabase postgres = new TestDatabase(server().getPostgresDatabase());
    postgres.execute("create database " + name);
    TestDatabase database = new TestDatabase(server().getDatabase("postgres", name));
    database.migrate(version);
    return database;
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        String durable = System.getProperty("test.durable", "off"); // as in the product: "on"
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", durable)
                .setServerConfig("synchronous_commit", durable)
                .start(); // ends with the JVM
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  public void migrate(MigrationVersion version) {
    FLYWAY.setLevel(Level.WARNING);
    Flyway.configure(getClass().getClassLoader())
        .dataSource(pool)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public Connection connection() throws SQLException {
    Connection connection = current.get();
    return connection == null ? pool.getConnection() : keptOpen(connection);
  }

  /** As in a container, closing a transaction's connection does not end the transaction. */
  private static Connection keptOpen(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Commits what the work does, or nothing of it if it throws. */
  public <T> T inTransaction(Supplier<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      current.set(connection);
      try {
        T result = work.get();
        connection.commit();
        return result;
      } catch (RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        current.remove();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the work does belongs to the transaction of this connection, which somebody else ends. */
  public <T> T inTransactionOf(Connection connection, Supplier<T> work) {
    current.set(connection);
    try {
      return work.get();
    } finally {
      current.remove();
    }
  }

  public void execute(String sql, Object... parameters) {
    try (Connection connection = pool.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row. */
  public Object value(String sql, Object... parameters) {
    try (Connection connection = pool.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getObject(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** What a test makes of a row. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows. */
  public <T> List<T> rows(String sql, Row<T> row, Object... parameters) {
    try (Connection connection = pool.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (var rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(row.read(rows));
        }
        return read;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Returns its id. */
  public UUID addHost(String name) {
    UUID id = Ids.next();
    execute(
        "insert into host (id, name, hostname, os, arch, enrolled_at)"
            + " values (?, ?, ?, 'linux', 'amd64', now())",
        id,
        name,
        name);
    return id;
  }

  /** A running backup; returns its id. */
  public UUID addJob(UUID host) {
    return addJob(host, Ids.next());
  }

  public UUID addJob(UUID host, UUID id) {
    execute(
        "insert into job (id, host_id, kind, status, queued_at, queued_by)"
            + " values (?, ?, 'backup', 'running', now(), 'test')",
        id,
        host);
    return id;
  }

  @Override
  public void close() {
    // the server ends with the JVM, and its databases with it
  }
}
