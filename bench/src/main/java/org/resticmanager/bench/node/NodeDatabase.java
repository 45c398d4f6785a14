package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The PostgreSQL of a node: the one that it has brought, or one that several nodes share.
 *
 * @param pid its first process, the parent of all others
 * @param port where it listens
 * @param password its superuser's
 */
public record NodeDatabase(long pid, int port, String password) {

  /** Its superuser. */
  public static final String USER = "postgres";

  /** Of the database that nodes use. */
  public static final String NAME = "restic_manager";

  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  /** That a node has brought. */
  static NodeDatabase of(Path nodeData) throws IOException {
    Path home = nodeData.resolve("postgresql");
    return of(pidFile(home), home.resolve("password"));
  }

  static NodeDatabase of(Path pidFile, Path password) throws IOException {
    List<String> notes = Files.readAllLines(pidFile);
    return new NodeDatabase(
        Long.parseLong(notes.get(PID_LINE).strip()),
        Integer.parseInt(notes.get(PORT_LINE).strip()),
        Files.readString(password).strip());
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

  /** For JDBC, without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
  }

  /** What a node that is to use it is told. */
  Map<String, String> settings() {
    return Map.of(
        "RESTIC_MANAGER_DATABASE_URL", url(),
        "RESTIC_MANAGER_DATABASE_USER", USER,
        "RESTIC_MANAGER_DATABASE_PASSWORD", password);
  }

  @Override
  public String toString() {
    return "NodeDatabase[port=" + port + "]";
  }
}
