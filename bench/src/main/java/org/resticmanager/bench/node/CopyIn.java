package org.resticmanager.bench.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The reference for whatever writes many rows: one COPY of the same rows, from a file, into a table
 * with the same columns and the same keys, in the same PostgreSQL.
 */
public final class CopyIn {

  /** More say nothing else, and take their time. */
  private static final int MOST_ROWS = 1_000_000;

  private final Connection database;
  private final String table;
  private final Path file;

  /**
   * Keeps rows that the table has now: all, or a million of them.
   *
   * @param file for the rows; is made
   */
  public CopyIn(Connection database, String table, Path file) throws SQLException, IOException {
    this.database = database;
    this.table = table;
    this.file = file;
    try (OutputStream out = Files.newOutputStream(file)) {
      database
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (select * from " + table + " limit " + MOST_ROWS + ") to stdout", out);
    }
  }

  /** Rows per second. */
  public double rowsPerSecond() throws SQLException, IOException {
    try (Statement statement = database.createStatement()) {
      statement.execute("create table plain_copy (like " + table + " including all)");
      statement.execute("checkpoint");
      try (InputStream in = Files.newInputStream(file)) {
        long begun = System.nanoTime();
        long rows =
            database
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy plain_copy from stdin", in, 64 * 1024);
        return rows * 1e9 / (System.nanoTime() - begun);
      } finally {
        statement.execute("drop table plain_copy");
      }
    }
  }
}
