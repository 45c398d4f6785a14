package org.resticmanager.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.protocol.wire.BackendVariable;
import org.resticmanager.protocol.wire.ConfigUpdate;

class ConfigTest {

  private static final Enrolment ENROLMENT =
      new Enrolment(
          URI.create("https://backup.example"),
          "id-1",
          "wéb01",
          "the-token",
          Optional.of(Path.of("/opt/restic")));

  private static final String PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  @TempDir Path root;

  private DataFolder data;

  @BeforeEach
  void prepare() {
    data = new DataFolder(root.resolve("deep/data")).prepared();
  }

  @Test
  void onlyTheOwnerMayReadWhatIsStored() throws IOException {
    new EnrolmentStore(data).save(ENROLMENT);
    new SecretStore(data)
        .apply(ConfigUpdate.of(ConfigUpdate.SLOT_REPO).repoUrl("/r").repoPassword("pw").build());
    RunLock.take(data).orElseThrow().close();

    assertThat(rights(data.root())).isEqualTo("rwx------");
    assertThat(rights(data.jobs())).isEqualTo("rwx------");
    assertThat(rights(data.enrolment())).isEqualTo("rw-------");
    assertThat(rights(data.secrets())).isEqualTo("rw-------");
    assertThat(rights(data.lock())).isEqualTo("rw-------");
  }

  @Test
  void aFolderThatOthersCouldReadIsClosedToThem() throws IOException {
    Files.setPosixFilePermissions(data.root(), PosixFilePermissions.fromString("rwxr-xr-x"));

    data.prepared();

    assertThat(rights(data.root())).isEqualTo("rwx------");
  }

  @Test
  void aWriteLeavesNoTemporaryFile() throws IOException {
    PrivateFile.write(data.secrets(), new byte[] {1});
    PrivateFile.write(data.secrets(), new byte[] {2, 3});

    assertThat(data.secrets()).hasBinaryContent(new byte[] {2, 3});
    assertThat(data.root()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aWriteThatFailsLeavesTheOldContent() throws IOException {
    Path target = Files.createDirectory(data.root().resolve("folder"));
    Files.writeString(target.resolve("inside"), "x");

    assertThatThrownBy(() -> PrivateFile.write(target, new byte[] {1}))
        .isInstanceOf(IOException.class);

    assertThat(target.resolve("inside")).hasContent("x");
    assertThat(data.root()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void anEnrolmentIsReadBackAsItWas() {
    EnrolmentStore store = new EnrolmentStore(data);
    assertThat(store.load()).isEmpty();

    store.save(ENROLMENT);

    assertThat(store.load()).contains(ENROLMENT);
    assertThat(ENROLMENT.toString()).doesNotContain("the-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"server\":\"::\",\"agentToken\":\"the-token\"}", "null"})
  void aDamagedEnrolmentIsSaidWithoutItsContent(String content) throws IOException {
    Files.writeString(data.enrolment(), content);

    assertThatThrownBy(() -> new EnrolmentStore(data).load())
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("damaged")
        .hasMessageNotContaining("the-token");
  }

  @Test
  void anAbsentFieldKeepsItsValueAndAnEmptyOneClearsIt() throws IOException {
    SecretStore store = new SecretStore(data);
    store.apply(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
            .repoUrl("/r")
            .repoPassword("pw")
            .repoUsername("user")
            .repoCredential("cred")
            .hookShell("sh")
            .limitUploadKib(512L)
            .limitDownloadKib(7L)
            .build());
    store.apply(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
            .repoPassword("new")
            .repoUsername("")
            .limitDownloadKib(0L)
            .build());
    store.apply(ConfigUpdate.of(ConfigUpdate.SLOT_REPO).keyPassword("k").build());
    store.apply(
        ConfigUpdate.of(ConfigUpdate.SLOT_ADMIN).repoUrl("/r").repoPassword("root-pw").build());

    RepositoryConnection expected =
        new RepositoryConnection("/r", "new", "", "cred", "sh", Map.of(), 512, 0, "k");
    assertThat(store.slot("repo")).isEqualTo(expected);
    assertThat(new SecretStore(data).slot("repo")).isEqualTo(expected);
    assertThat(new SecretStore(data).slot("admin").password()).isEqualTo("root-pw");
    assertThat(expected.toString()).doesNotContain("new", "cred", "/r");
  }

  @Test
  void variablesForTheBackendAreReplacedAsAWhole() throws IOException {
    SecretStore store = new SecretStore(data);
    store.apply(withVariable("ST_USER"));
    store.apply(ConfigUpdate.of(ConfigUpdate.SLOT_REPO).repoUrl("/r").build());
    assertThat(store.slot("repo").environment()).isEqualTo(Map.of("ST_USER", "value"));

    store.apply(withVariable("ST_KEY"));

    assertThat(new SecretStore(data).slot("repo").environment())
        .isEqualTo(Map.of("ST_KEY", "value"));
  }

  private static ConfigUpdate withVariable(String name) {
    return ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
        .environment(List.of(new BackendVariable(name, "value")))
        .build();
  }

  @Test
  void damagedSecretsAreForgottenBecauseTheServerSendsThemAgain() throws IOException {
    Files.writeString(data.secrets(), "{\"repo\":7}");

    assertThat(new SecretStore(data).slot("repo").known()).isFalse();
  }

  @Test
  void thereIsOneRunLockPerFolder() throws IOException {
    try (RunLock held = RunLock.take(data).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(RunLock.take(data)).isEmpty();
    }
    Optional<RunLock> again = RunLock.take(data);
    assertThat(again).isPresent();
    again.get().close();
  }

  @Test
  void settingsHaveDefaultsAndAreChecked() {
    assertThat(AgentSettings.of(name -> null))
        .isEqualTo(
            new AgentSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(50),
                Duration.ofMinutes(10),
                Duration.ofHours(12),
                false));
    assertThat(
            AgentSettings.of(Map.of("RESTIC_MANAGER_AGENT_RESTART_SPREAD_SECONDS", "0")::get)
                .restartSpread())
        .isZero();
    assertThatThrownBy(
            () -> AgentSettings.of(Map.of("RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS", "x")::get))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS");
    assertThat(
            AgentSettings.of(Map.of("RESTIC_MANAGER_AGENT_FORBID_HOOKS", " True ")::get)
                .hooksForbidden())
        .isTrue();
    assertThatThrownBy(
            () -> AgentSettings.of(Map.of("RESTIC_MANAGER_AGENT_FORBID_HOOKS", "yes")::get))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("RESTIC_MANAGER_AGENT_FORBID_HOOKS");
  }

  @Test
  void theMachineIsNamedInTheProtocolsWords() {
    assertThat(Machine.osName("Windows Server 2022")).isEqualTo("windows");
    assertThat(Machine.osName("Linux")).isEqualTo("linux");
    assertThat(Machine.archName("aarch64")).isEqualTo("arm64");
    assertThat(Machine.local().hostname()).isNotBlank();
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(AgentVersion.current()).matches("\\d+\\.\\d+.*");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theSpoolsRoomIsANumberOfMebibytes() {
    assertThat(SpoolSettings.of(name -> null)).isEqualTo(SpoolSettings.UNLESS_TOLD);
    assertThat(SpoolSettings.of(name -> " 3 ").maxBytes()).isEqualTo(3L * 1024 * 1024);
    for (String bad : List.of("0", "-1", "much", "1048577")) {
      assertThatThrownBy(() -> SpoolSettings.of(name -> bad))
          .isInstanceOf(ConfigProblem.class)
          .hasMessageContaining("RESTIC_MANAGER_AGENT_SPOOL_MAX_MIB");
    }
  }

  @Test
  void aPinIsKeptWithTheEnrolmentAndStaysWhenTheTokenIsReplaced() {
    EnrolmentStore store = new EnrolmentStore(data);
    store.save(
        new Enrolment(
            ENROLMENT.server(), "id-1", "web01", "t", Optional.empty(), Optional.of(new Pin(PIN))));
    store.save(store.load().orElseThrow().withAgentToken("another"));

    assertThat(store.load().orElseThrow().pin()).contains(new Pin(PIN));
    assertThat(store.load().orElseThrow().agentToken()).isEqualTo("another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256/", "sha256/AAAA", "sha256/no base64", "sha1/47DEQpj8HBSa"})
  void aPinThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> new Pin(text))
        .isInstanceOf(ConfigProblem.class)
        .hasMessageContaining("sha256/");
  }

  @Test
  void aKeystoreNeedsItsPassword() {
    Map<String, String> told =
        new HashMap<>(Map.of("RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE", "/etc/agent.p12"));
    assertThat(ClientKeystore.of(name -> null)).isEmpty();
    assertThatThrownBy(() -> ClientKeystore.of(told::get)).isInstanceOf(ConfigProblem.class);
    told.put("RESTIC_MANAGER_AGENT_CLIENT_KEYSTORE_PASSWORD_FILE", "/etc/agent.password");
    assertThat(ClientKeystore.of(told::get))
        .contains(new ClientKeystore(Path.of("/etc/agent.p12"), Path.of("/etc/agent.password")));
  }
}
