package org.resticmanager.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server of our own for real data: every commit is on disk before it is acknowledged,
 * every connection needs a password (SCRAM), and only this machine can connect.
 *
 * <pre>
 * postgresql/17/                the data, in a folder per major version
 * postgresql/password           of the superuser "postgres"; nobody but the owner can read it
 * postgresql/binaries/          PostgreSQL's programs, unpacked
 * log/postgresql-*.log          one per weekday
 * </pre>
 *
 * The application signs in as a role that owns its database and nothing else. That role's password
 * is new at every start and is kept in memory only.
 *
 * <p>The server is a process of its own. When this one is killed it stays, harmless, until the next
 * start on the same folder stops it properly and starts it afresh. Whoever calls {@link #start}
 * holds the data folder's lock, so there is nobody else it could belong to.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final String NAME = "restic_manager";
  private static final Duration ORPHANS_LAST = Duration.ofSeconds(30);
  private static final int PORTS_TO_TRY = 5;

  /** Of postmaster.pid, from 0. */
  private static final int PORT_LINE = 3;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path home;
  private final Path logs;
  private final PostgresBinaries binaries;
  private final PostgresProgram program;
  private final Path data;

  private volatile boolean closing;
  private DatabaseAccess superuser;
  private DatabaseAccess application;

  private EmbeddedDatabase(Path home, Path logs, PostgresBinaries binaries) throws IOException {
    this.home = home;
    this.logs = logs;
    this.binaries = binaries;
    this.program = PostgresProgram.in(home, binaries);
    this.data = home.resolve(binaries.major());
  }

  /**
   * The database of a data folder; unpacks PostgreSQL's programs at the first time.
   *
   * @throws StartFailure if the data are of another version of PostgreSQL, or it cannot run on this
   *     machine
   */
  static EmbeddedDatabase in(DataFolder folder) {
    Path home = folder.subfolder("postgresql");
    Path logs = folder.subfolder("log");
    try {
      refuseOtherVersions(home, Product.postgresqlVersion());
      PostgresBinaries binaries = PostgresBinaries.unpack(folder.subfolder("postgresql/binaries"));
      return new EmbeddedDatabase(home, logs, binaries);
    } catch (IOException e) {
      throw new StartFailure("the embedded PostgreSQL cannot be opened: " + Reasons.of(e), e);
    }
  }

  /**
   * Starts the server and returns once it takes connections; creates everything at the first time
   * (some seconds).
   *
   * @throws StartFailure if it does not start
   */
  synchronized void start() {
    if (closing) {
      throw new StartFailure("the embedded PostgreSQL was stopped already");
    }
    try {
      String password = superuserPassword();
      if (!Files.exists(data)) {
        create();
      }
      stopOrphan();
      int port = startServer();
      superuser = new DatabaseAccess(url(port, SUPERUSER), SUPERUSER, password);
      application = new DatabaseAccess(url(port, NAME), NAME, newPassword());
      prepareApplication();
      deleteOtherBinaries();
    } catch (IOException | SQLException e) {
      throw new StartFailure("the embedded PostgreSQL did not start: " + Reasons.of(e), e);
    }
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** How the application reaches its database, until the server stops. */
  DatabaseAccess access() {
    return application;
  }

  /**
   * How the superuser reaches the server of a restic-manager that runs on this data folder.
   *
   * @throws StartFailure if it has no embedded database
   */
  static DatabaseAccess running(Path dataFolder) {
    Path home = dataFolder.resolve("postgresql");
    String version = Product.postgresqlVersion();
    Path pid = home.resolve(version.substring(0, version.indexOf('.'))).resolve("postmaster.pid");
    try {
      int port = Integer.parseInt(Files.readAllLines(pid).get(PORT_LINE).strip());
      return new DatabaseAccess(
          url(port, SUPERUSER), SUPERUSER, Files.readString(home.resolve("password")).strip());
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new StartFailure("no embedded PostgreSQL runs in " + home, e);
    }
  }

  /** How the superuser reaches the server. */
  DatabaseAccess superuser() {
    return superuser;
  }

  /** Completed when the server's process ends, also if it was stopped. */
  CompletableFuture<?> end() {
    try {
      return runningServer()
          .<CompletableFuture<?>>map(ProcessHandle::onExit)
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** PostgreSQL's version, as {@code 17.5}. */
  String version() {
    return binaries.version();
  }

  // --- creation ---

  private static void refuseOtherVersions(Path home, String version) throws IOException {
    String ours = version.substring(0, version.indexOf('.'));
    if (Files.exists(home.resolve(ours))) {
      String found = Files.readString(home.resolve(ours).resolve("PG_VERSION")).strip();
      if (!found.equals(ours)) {
        throw new StartFailure(
            "%s holds data of PostgreSQL %s, this version of restic-manager brings %s"
                .formatted(home.resolve(ours), found, version));
      }
      return;
    }
    try (DirectoryStream<Path> others = Files.newDirectoryStream(home, "[0-9]*")) {
      for (Path other : others) {
        if (Files.exists(other.resolve("PG_VERSION"))) {
          throw new StartFailure(
              "%s holds data of PostgreSQL %s, this version of restic-manager brings %s and cannot read them: dump them with the version that wrote them"
                  .formatted(other, other.getFileName(), version));
        }
      }
    }
  }

  private String superuserPassword() throws IOException {
    Path file = home.resolve("password");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    if (Files.exists(data)) {
      throw new StartFailure(
          "%s is missing: without it nobody can sign in to the database in %s; restore the file from a backup"
              .formatted(file, data));
    }
    String password = newPassword();
    Path unfinished = home.resolve("password.new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, DataFolder.OWNER_ONLY_FILE);
    Files.writeString(unfinished, password + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  private static String newPassword() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void create() throws IOException {
    Path unfinished = home.resolve("unfinished");
    DataFolder.delete(unfinished);
    // PostgreSQL's own C.UTF-8: it sorts alike wherever the folder is taken, whatever the C library
    // does.
    PostgresProgram.Outcome outcome =
        program.run(
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + SUPERUSER,
            "--pwfile=" + home.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums");
    if (!outcome.succeeded()) {
      throw new StartFailure("the embedded PostgreSQL could not be set up: " + outcome.lastLine());
    }
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void prepareApplication() throws SQLException {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "select 1 from pg_roles where rolname = '" + NAME + "'")) {
        statement.execute("create role " + NAME + " login");
      }
      // The driver hashes it, so that it cannot turn up in PostgreSQL's log.
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(NAME, application.password().toCharArray(), "scram-sha-256");
      if (!exists(statement, "select 1 from pg_database where datname = '" + NAME + "'")) {
        statement.execute("create database " + NAME + " owner " + NAME);
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private void deleteOtherBinaries() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(binaries.folder().getParent())) {
      for (Path folder : all) {
        if (!folder.equals(binaries.folder())) {
          DataFolder.delete(folder);
        }
      }
    }
  }

  // --- the server ---

  private void configure(int port) throws IOException {
    Files.write(
        data.resolve("postgresql.conf"),
        List.of(
            "# Written by restic-manager at every start. Your own settings: alter system set …",
            "listen_addresses = '127.0.0.1'",
            "port = " + port,
            "unix_socket_directories = ''",
            "max_connections = 60",
            "password_encryption = 'scram-sha-256'",
            "fsync = on",
            "synchronous_commit = on",
            "full_page_writes = on",
            "shared_buffers = '128MB'",
            "max_wal_size = '512MB'",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "logging_collector = on",
            "log_directory = '" + logs.toString().replace("'", "''") + "'",
            "log_filename = 'postgresql-%a.log'",
            "log_rotation_age = '1d'",
            "log_rotation_size = 0",
            "log_truncate_on_rotation = on",
            "log_line_prefix = '%m [%p] %u '",
            // Without the detail of an error, which quotes the row.
            "log_error_verbosity = terse"));
    Files.write(
        data.resolve("pg_hba.conf"),
        List.of(
            "# Written by restic-manager at every start.",
            "host all all 127.0.0.1/32 scram-sha-256"));
  }

  private int startServer() throws IOException {
    Path startLog = logs.resolve("postgresql-start.log");
    Instant deadline = Instant.now().plus(ORPHANS_LAST);
    int portsTried = 0;
    while (true) {
      int port = freePort();
      configure(port);
      Files.deleteIfExists(startLog);
      PostgresProgram.Outcome outcome =
          program.run(
              "pg_ctl",
              "start",
              "--pgdata=" + data,
              "--log=" + startLog,
              "--wait",
              "--timeout=300");
      if (outcome.succeeded()) {
        return port;
      }
      String log = Files.exists(startLog) ? Files.readString(startLog) : outcome.output();
      // Whoever of a killed server is still about its last query holds the shared memory; it ends
      // by itself.
      if (log.contains("shared memory block") && Instant.now().isBefore(deadline)) {
        pause(Duration.ofMillis(200));
      } else if (!log.contains("could not bind") || ++portsTried == PORTS_TO_TRY) {
        throw new StartFailure(
            "the embedded PostgreSQL did not start: %s (see %s)".formatted(complaint(log), logs));
      }
    }
  }

  private static String complaint(String log) {
    return log.lines()
        .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
        .findFirst()
        .map(line -> line.replaceFirst(".*(FATAL|PANIC):\\s*", ""))
        .orElse("it says nothing");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause(Duration duration) throws IOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL starts", e);
    }
  }

  /**
   * Stops the server that a killed restic-manager left on these data. If there is none, what the
   * file says of a running one is not true any more: its process id may by now be that of something
   * else, which must be left alone.
   */
  private void stopOrphan() throws IOException {
    if (runningServer().isPresent()) {
      stopServer();
    } else {
      Files.deleteIfExists(pidFile());
    }
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  /** The server that runs on our data, whoever started it. */
  private Optional<ProcessHandle> runningServer() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(this::runsOnOurData);
  }

  private boolean runsOnOurData(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    boolean postgres = info.command().filter(path -> path.endsWith("/postgres")).isPresent();
    return postgres
        && info.arguments().filter(all -> List.of(all).contains(data.toString())).isPresent();
  }

  private void stopServer() throws IOException {
    PostgresProgram.Outcome outcome = stop("fast", 30);
    if (runningServer().isPresent()) {
      outcome = stop("immediate", 10);
    }
    if (runningServer().isPresent()) {
      throw new IOException("PostgreSQL does not stop: " + outcome.lastLine());
    }
  }

  private PostgresProgram.Outcome stop(String mode, int timeoutSeconds) throws IOException {
    return program.run(
        "pg_ctl",
        "stop",
        "--pgdata=" + data,
        "--mode=" + mode,
        "--wait",
        "--timeout=" + timeoutSeconds);
  }

  /**
   * Stops the server: open transactions are rolled back, everything committed is kept. Waits for a
   * {@link #start} that is under way. Does nothing if the server has stopped already.
   */
  @Override
  public void close() throws IOException {
    closing = true;
    synchronized (this) {
      if (runningServer().isPresent()) {
        stopServer();
      }
    }
  }
}
