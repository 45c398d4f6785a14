package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The runnable file on a PostgreSQL that the operator runs, told by its settings file. */
@Tag("standalone")
@ExtendWith(FailureReport.class)
class OwnDatabaseTest {

  private Scratch scratch;
  private ExternalDatabase database;

  @BeforeEach
  void prepare() {
    scratch = new Scratch("own-database");
    database = new ExternalDatabase();
  }

  @AfterEach
  void stopDatabase() {
    database.close();
    scratch.close();
  }

  @Test
  void everythingIsKeptThereAndNoDatabaseOfOurOwnIsMade() throws IOException {
    int port = ControlPlane.freePort();
    Path data = scratch.folder().resolve("data");
    Path settings = scratch.folder().resolve("restic-manager.properties");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "restic-manager.data-dir=" + data,
            "restic-manager.http.port=" + port,
            "restic-manager.http.address=127.0.0.1",
            "restic-manager.database.url=" + database.url(),
            "restic-manager.database.password=" + database.password()));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));

    // twice: the second start finds what the first has made
    for (int start = 0; start < 2; start++) {
      Program server =
          Program.start(
              scratch.folder().resolve("server.log"),
              Map.of(),
              Program.java("-jar", Project.standaloneJar().toString()));
      ControlPlane.awaitReady(server, new Api(URI.create("http://localhost:" + port)));

      assertThat(Files.exists(data.resolve("postgresql"))).as("a database of our own").isFalse();

      server.terminate();
      server.exitCode(ServerKind.STANDALONE.stopLimit());
      assertThat(server.output()).contains("database: " + database.url()).doesNotContain("SEVERE");
    }
  }
}
