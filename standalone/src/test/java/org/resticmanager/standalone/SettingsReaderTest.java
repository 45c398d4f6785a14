package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @TempDir private Path temporary;
  private Path here;

  @BeforeEach
  void absolute() {
    here = temporary.toAbsolutePath();
  }

  @Test
  void nothingSetMeansTheDefaults() {
    StandaloneSettings settings = read(Map.of(), Map.of()).settings();

    assertThat(settings.dataDir()).isEqualTo(here.resolve("restic-manager-data"));
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.httpAddress()).isEqualTo("0.0.0.0");
    assertThat(settings.url()).isEqualTo(URI.create("http://localhost:8080"));
    assertThat(settings.database()).isEmpty();
    assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void theEnvironmentMapsEverySetting() {
    StandaloneSettings settings =
        read(
                Map.of(),
                Map.of(
                    "RESTIC_MANAGER_DATA_DIR", "/srv/rm",
                    "RESTIC_MANAGER_HTTP_PORT", "8081",
                    "RESTIC_MANAGER_HTTP_ADDRESS", "127.0.0.1",
                    "RESTIC_MANAGER_URL", "https://backup.example.org",
                    "RESTIC_MANAGER_DATABASE_URL", "jdbc:postgresql://db/rm",
                    "RESTIC_MANAGER_DATABASE_USER", "someone",
                    "RESTIC_MANAGER_DATABASE_PASSWORD", "se cret,\\ ${x}",
                    "RESTIC_MANAGER_LOG_FORMAT", "json"))
            .settings();

    assertThat(settings)
        .isEqualTo(
            new StandaloneSettings(
                Path.of("/srv/rm"),
                8081,
                "127.0.0.1",
                URI.create("https://backup.example.org"),
                java.util.Optional.of(
                    new DatabaseAccess("jdbc:postgresql://db/rm", "someone", "se cret,\\ ${x}")),
                LogFormat.JSON));
  }

  @Test
  void systemPropertiesWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Files.writeString(
        here.resolve("restic-manager.properties"),
        """
        restic-manager.http.port = 1001
        restic-manager.http.address = 127.0.0.1
        restic-manager.data-dir = from-file
        """);
    StandaloneSettings settings =
        read(
                Map.of("restic-manager.http.port", "1003"),
                Map.of(
                    "RESTIC_MANAGER_HTTP_PORT", "1002", "RESTIC_MANAGER_HTTP_ADDRESS", "127.0.0.2"))
            .settings();

    assertThat(settings.httpPort()).isEqualTo(1003);
    assertThat(settings.httpAddress()).isEqualTo("127.0.0.2");
    assertThat(settings.dataDir()).isEqualTo(here.resolve("from-file"));
    assertThat(settings.url()).isEqualTo(URI.create("http://localhost:1003"));
  }

  @Test
  void theApplicationGetsWhatStandsInTheFileOrOverridesIt() throws IOException {
    Path file = here.resolve("other.properties");
    Files.writeString(
        file,
        """
        restic-manager.mail.host = mail.example.org
        restic-manager.mail.from = file@example.org
        restic-manager.data-dir = data
        """);
    SettingsReader reader =
        read(
            Map.of(),
            Map.of(
                "RESTIC_MANAGER_CONFIG", "other.properties",
                "RESTIC_MANAGER_MAIL_FROM", "env@example.org"));

    assertThat(reader.file()).contains(file);
    assertThat(reader.forApplication(reader.settings()))
        .containsEntry("restic-manager.mail.host", "mail.example.org")
        .containsEntry("restic-manager.mail.from", "env@example.org")
        .containsEntry("restic-manager.data-dir", here.resolve("data").toString())
        .containsEntry("restic-manager.url", "http://localhost:8080");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "restic-manager.http.port     | 0                                 | not a port",
        "restic-manager.http.port     | 65536                             | not a port",
        "restic-manager.http.port     | http                              | not a port",
        "restic-manager.url           | localhost:8080                    | not an http",
        "restic-manager.url           | ftp://localhost                   | not an http",
        "restic-manager.database.url  | jdbc:h2:mem:x                     | not a jdbc:postgresql",
        "restic-manager.database.url  | jdbc:postgresql://h/d?password=s3 | do not belong into the URL",
        "restic-manager.database.url  | jdbc:postgresql://u:s3@h/d        | do not belong into the URL",
      })
  void aBadValueIsRefusedByNameAndReason(String name, String value, String reason) {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> read(Map.of(name, value), Map.of()).settings())
        .withMessageStartingWith(name + ": ")
        .withMessageContaining(reason)
        .withMessageEndingWith("(set in a system property)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> read(Map.of("restic-manager.config", "missing.properties"), Map.of()))
        .withMessage(
            "restic-manager.config: there is no file " + here.resolve("missing.properties"));
  }

  @Test
  void aForeignLineInTheFileIsRefused() throws IOException {
    Files.writeString(here.resolve("restic-manager.properties"), "http.port=1\n");

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> read(Map.of(), Map.of()))
        .withMessageContaining("\"http.port\" is no setting of ours");
  }

  @Test
  void aPasswordIsNotShownWithTheSettings() {
    StandaloneSettings settings =
        read(
                Map.of(
                    "restic-manager.database.url", "jdbc:postgresql://db/rm",
                    "restic-manager.database.password", "secret"),
                Map.of())
            .settings();

    assertThat(settings.toString()).contains("jdbc:postgresql://db/rm").doesNotContain("secret");
  }

  private SettingsReader read(Map<String, String> systemProperties, Map<String, String> variables) {
    return SettingsReader.open(here, systemProperties, variables);
  }
}
