package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL that a node has brought.
 *
 * @param pid its first process, the parent of all others
 * @param port where it listens
 * @param password its superuser's
 */
public record NodeDatabase(long pid, int port, String password) {

  static final String USER = "postgres";

  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  static NodeDatabase of(Path nodeData) throws IOException {
    Path home = nodeData.resolve("postgresql");
    List<String> notes = Files.readAllLines(pidFile(home));
    return new NodeDatabase(
        Long.parseLong(notes.get(PID_LINE).strip()),
        Integer.parseInt(notes.get(PORT_LINE).strip()),
        Files.readString(home.resolve("password")).strip());
  }

  private static Path pidFile(Path home) throws IOException {
    try (Stream<Path> versions = Files.list(home)) {
      return versions
          .map(version -> version.resolve("postmaster.pid"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new IOException("no PostgreSQL runs in " + home));
    }
  }

  /** As its superuser, so that a benchmark may write checkpoints and tables of its own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, password);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/restic_manager";
  }

  @Override
  public String toString() {
    return "NodeDatabase[port=" + port + "]";
  }
}
