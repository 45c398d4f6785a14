package org.resticmanager.bench.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * The reference: one COPY of the lines that the node has stored, from a file, into a table with the
 * same columns and the same key, in the same PostgreSQL.
 */
final class PlainCopy {

  private static final int TIMES = 3;

  private final NodeDatabase database;
  private final Path file;

  /**
   * @param file for the lines; is made
   */
  PlainCopy(NodeDatabase database, Path file) {
    this.database = database;
    this.file = file;
  }

  /** Lines per second, several times. */
  Sample linesPerSecond() throws SQLException, IOException {
    List<Double> rates = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      try (OutputStream out = Files.newOutputStream(file)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy (select * from job_log_line) to stdout", out);
      }
      for (int i = 0; i < TIMES; i++) {
        statement.execute("create table plain_copy (like job_log_line including all)");
        statement.execute("checkpoint");
        rates.add(copy(connection));
        statement.execute("drop table plain_copy");
      }
    }
    return new Sample(rates);
  }

  private double copy(Connection connection) throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long begun = System.nanoTime();
      long lines =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy plain_copy from stdin", in, 64 * 1024);
      return lines * 1e9 / (System.nanoTime() - begun);
    }
  }
}
