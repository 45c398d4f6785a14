package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real PostgreSQL; one data folder for all tests, each of which starts it anew. */
class EmbeddedDatabaseTest {
  @TempDir private static Path temporary;
  private static DataFolder folder;

  private EmbeddedDatabase database;

  @BeforeAll
  static void takeFolder() {
    // A space and a quote, which have to survive configuration files and command lines.
    folder = DataFolder.open(temporary.resolve("restic manager's data"));
  }

  @AfterAll
  static void giveFolderBack() throws IOException {
    folder.close();
  }

  @BeforeEach
  void start() {
    database = EmbeddedDatabase.in(folder);
    database.start();
  }

  @AfterEach
  void stop() throws IOException {
    database.close();
  }

  @Test
  void whatIsCommittedIsOnDisk() throws SQLException {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("full_page_writes")).isEqualTo("on");
    assertThat(show("data_checksums")).isEqualTo("on");
  }

  @Test
  void onlyThisMachineWithAPasswordGetsIn() throws SQLException {
    assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(superuserQuery("show unix_socket_directories")).isEmpty();
    assertThat(show("password_encryption")).isEqualTo("scram-sha-256");
    assertThat(
            superuserQuery("select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
        .isEqualTo("scram-sha-256");
    assertThat(
            superuserQuery(
                "select bool_and(rolpassword like 'SCRAM-SHA-256$%')::text from pg_authid where rolcanlogin"))
        .isEqualTo("true");
    for (DatabaseAccess known : new DatabaseAccess[] {database.access(), database.superuser()}) {
      for (String wrong : new String[] {"", "wrong"}) {
        var access = new DatabaseAccess(known.url(), known.user(), wrong);
        assertThatExceptionOfType(StartFailure.class)
            .isThrownBy(access::check)
            .withMessageContaining("restic-manager.database.password")
            .satisfies(e -> assertThat(e.getMessage()).doesNotContain(known.password()));
      }
    }
  }

  @Test
  void theApplicationOwnsItsDatabaseAndNothingElse() throws SQLException {
    assertThat(query("select current_user || ' ' || current_database()"))
        .isEqualTo("restic_manager restic_manager");
    assertThat(query("select rolsuper::text from pg_roles where rolname = current_user"))
        .isEqualTo("false");
    execute("create table of_mine (x int)");
    execute("drop table of_mine");
  }

  @Test
  void nobodyElseReadsThePasswordOrTheData() throws IOException {
    Path home = folder.path().resolve("postgresql");

    assertThat(rights(home)).isEqualTo("rwx------");
    assertThat(rights(home.resolve("17"))).isEqualTo("rwx------");
    assertThat(rights(home.resolve("password"))).isEqualTo("rw-------");
    assertThat(rights(folder.path().resolve("log"))).isEqualTo("rwx------");
  }

  @Test
  void noPasswordStandsInALogOrASettingsFile() throws IOException {
    String applications = database.access().password();
    String superusers = database.superuser().password();
    for (String where : new String[] {"log", "postgresql/17"}) {
      try (Stream<Path> files = Files.list(folder.path().resolve(where))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file))
              .as(file.toString())
              .doesNotContain(applications)
              .doesNotContain(superusers);
        }
      }
    }
  }

  @Test
  void dataSurviveAStop() throws Exception {
    execute("create table survivor (x int); insert into survivor values (1)");
    database.close();
    start();

    assertThat(query("select count(*) from survivor")).isEqualTo("1");
    execute("drop table survivor");
  }

  @Test
  void theApplicationsPasswordIsAnotherAfterAStart() throws Exception {
    DatabaseAccess before = database.access();
    database.close();
    start();

    assertThat(database.access().password()).isNotEqualTo(before.password());
  }

  @Test
  void anOrphanIsReplacedAndKeepsWhatWasCommitted() throws Exception {
    execute("create table orphaned (x int); insert into orphaned values (1)");
    ProcessHandle orphan = server();
    // Whoever held it is gone without a word; the server runs on.
    database = EmbeddedDatabase.in(folder);
    database.start();

    await().atMost(Duration.ofSeconds(10)).until(() -> !orphan.isAlive());
    assertThat(server().pid()).isNotEqualTo(orphan.pid());
    assertThat(query("select count(*) from orphaned")).isEqualTo("1");
    execute("drop table orphaned");
  }

  @Test
  void recoversFromAKilledServer() throws Exception {
    execute("create table killed (x int); insert into killed values (1)");
    try (Connection busy = database.access().connect();
        Statement statement = busy.createStatement()) {
      statement.execute("insert into killed values (2)");
      server().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(database.end()).isCompleted());
    }
    database = EmbeddedDatabase.in(folder);
    database.start();

    assertThat(query("select sum(x) from killed")).isEqualTo("3");
    execute("drop table killed");
  }

  @Test
  void aProcessThatGotTheOldProcessIdIsLeftAlone() throws Exception {
    Path pidFile = folder.path().resolve("postgresql/17/postmaster.pid");
    String lines = Files.readString(pidFile);
    database.close();
    Process innocent = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(pidFile, lines.replaceFirst("[0-9]+", Long.toString(innocent.pid())));
      start();

      assertThat(innocent.isAlive()).isTrue();
      assertThat(query("select 1")).isEqualTo("1");
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void dataOfAnotherVersionAreRefused() throws Exception {
    database.close();
    Path version = folder.path().resolve("postgresql/17/PG_VERSION");
    Files.writeString(version, "16\n");
    try {
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> EmbeddedDatabase.in(folder))
          .withMessageContaining("holds data of PostgreSQL 16")
          .withMessageContaining("brings 17.");
    } finally {
      Files.writeString(version, "17\n");
    }
  }

  @Test
  void anUnreachableDatabaseIsToldWithItsSetting() {
    var access = new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/x", "x", "secret");

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(access::check)
        .withMessageStartingWith(
            "restic-manager.database.url: cannot connect to jdbc:postgresql://127.0.0.1:1/x")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static ProcessHandle server() throws IOException {
    Path pidFile = folder.path().resolve("postgresql/17/postmaster.pid");
    Optional<ProcessHandle> server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)));
    return server.orElseThrow();
  }

  private String show(String setting) throws SQLException {
    return query("show " + setting);
  }

  private String query(String sql) throws SQLException {
    return query(database.access(), sql);
  }

  private String superuserQuery(String sql) throws SQLException {
    return query(database.superuser(), sql);
  }

  private static String query(DatabaseAccess access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.access().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
