package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong is told, with a reason that a person can act on, wherever they may look. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class BadInputTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int NOT_REACHABLE = 3;
  private static final int REFUSED = 4;
  private static final int NOT_ENROLLED = 5;

  static List<Restic> everyRestic() {
    return Project.restics();
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void wrongRepositoryPasswordIsNamedAndCanBeCorrected(Restic restic, ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("wrong-password-" + restic.version(), restic)) {
      String host = machine.join(controlPlane);
      Path folder = machine.folder().resolve("repository");
      String right = "right " + Secrets.random();
      restic.repository(folder, right).init();
      String repository =
          admin.addRepository(machine.name(), folder.toString(), "wrong " + Secrets.random());
      admin.connect(host, repository);
      admin.putSourceGroup(host, GROUP, List.of(oneFile(machine).toString()));

      JsonObject failed = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertFailedBecause(failed, "password is wrong");
      assertThat(machine.log()).contains("password is wrong");

      admin.awaitIdle(host);
      admin.correctPassword(repository, right);
      JsonObject succeeded = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);
      assertThat(succeeded.getString("status")).as(succeeded.toString()).isEqualTo("succeeded");
    }
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void repositoryFolderThatCannotBeWrittenIsNamed(Restic restic, ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine =
        new AgentHost("not-writable-" + restic.version(), restic).asTestUser()) {
      String host = machine.join(controlPlane);
      Path parent = machine.newFolder("not writable");
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-xr-xr-x"));
      Path folder = parent.resolve("repository");
      connect(admin, host, machine, folder);
      admin.putSourceGroup(host, GROUP, List.of(oneFile(machine).toString()));

      JsonObject failed = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);
      admin.awaitIdle(host);

      List<JsonObject> jobs = admin.jobs(host);
      JsonObject init =
          jobs.stream()
              .filter(job -> job.getString("kind").equals("init"))
              .findFirst()
              .orElseThrow();
      assertFailedBecause(init, "check the rights", folder.toString());
      assertThat(machine.log()).contains("check the rights", folder.toString());
      assertThat(failed.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(failed)).contains("repository");
    }
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void unreadableFilesAreNamedAndTheRestIsSaved(Restic restic, ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine =
        new AgentHost("partly-unreadable-" + restic.version(), restic).asTestUser()) {
      String host = machine.join(controlPlane);
      Path folder = TestUser.give(machine.newFolder("repository")).resolve("here");
      String password = connect(admin, host, machine, folder);
      Path readable = oneFile(machine);
      Path secret = Files.createFile(readable.resolveSibling("not for you"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
      admin.putSourceGroup(host, GROUP, List.of(readable.getParent().toString()));

      JsonObject job = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertThat(job.getString("status")).as(job.toString()).isEqualTo("succeeded");
      assertThat(job.getBoolean("flagged")).isTrue();
      assertThat(job.getInt("exitCode")).isEqualTo(3);
      assertThat(Admin.error(job)).contains("could not be read", secret.toString());
      assertThat(machine.log()).contains(secret.toString());
      assertThat(restic.repository(folder, password).paths(job.getString("snapshotId")))
          .contains(readable.toString())
          .doesNotContain(secret.toString());
    }
  }

  @Test
  void resticThatIsNotAtItsPathIsMissed(ControlPlane controlPlane) throws IOException {
    Path nowhere = Path.of("/nowhere/restic");
    try (AgentHost machine =
        new AgentHost("no-restic", Project.newestRestic()).withRestic(Optional.of(nowhere))) {
      assertResticIsMissed(controlPlane, machine, nowhere.toString());
    }
  }

  @Test
  void resticThatIsNotOnPathIsMissed(ControlPlane controlPlane) throws IOException {
    try (AgentHost machine =
        new AgentHost("no-restic-on-path", Project.newestRestic())
            .withRestic(Optional.empty())
            .withEnvironment("PATH", "/nowhere/bin")) {
      assertResticIsMissed(controlPlane, machine, "not found on PATH");
    }
  }

  private static void assertResticIsMissed(
      ControlPlane controlPlane, AgentHost machine, String reason) throws IOException {
    Admin admin = controlPlane.admin();
    String host = machine.join(controlPlane);
    assertThat(admin.host(host).getString("resticVersion", "")).isEmpty();
    connect(admin, host, machine, machine.folder().resolve("repository"));
    admin.putSourceGroup(host, GROUP, List.of(oneFile(machine).toString()));

    JsonObject failed = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

    assertFailedBecause(failed, "restic was not found", reason, "install");
    assertThat(machine.log()).contains(reason);
  }

  @Test
  void pathsThatAreAllMissingAreNamed(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("all-missing", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      connect(admin, host, machine, machine.folder().resolve("repository"));
      admin.putSourceGroup(host, GROUP, List.of("/no/such/ä", "/nor this"));

      JsonObject failed = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertFailedBecause(failed, "/no/such/ä", "/nor this");
      assertThat(machine.log()).contains("/nor this");
      assertThat(admin.snapshots(host)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void onePathThatIsMissingIsNamedAndTheRestIsSaved(Restic restic, ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("one-missing-" + restic.version(), restic)) {
      String host = machine.join(controlPlane);
      connect(admin, host, machine, machine.folder().resolve("repository"));
      admin.putSourceGroup(host, GROUP, List.of(oneFile(machine).toString(), "/no/such/päth"));

      JsonObject job = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertThat(job.getString("status")).as(job.toString()).isEqualTo("succeeded");
      assertThat(job.getBoolean("flagged")).as(job.toString()).isTrue();
      assertThat(Admin.error(job)).contains("/no/such/päth");
      assertThat(admin.snapshots(host)).hasSize(1);
    }
  }

  @Test
  void pagesTellWhatWentWrongAndWhatToDo(ControlPlane controlPlane) throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine =
            new AgentHost("pages", Project.newestRestic())
                .asTestUser()
                .withRestic(Optional.of(Path.of("/nowhere/restic")));
        Browser browser = new Browser(controlPlane)) {
      String host = machine.join(controlPlane);
      connect(admin, host, machine, TestUser.give(machine.newFolder("r")).resolve("repository"));
      Path unreadable = Files.createFile(oneFile(machine).resolveSibling("<i>not for you"));
      Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
      admin.putSourceGroup(host, GROUP, List.of(unreadable.getParent().toString()));
      admin.putSourceGroup(host, "missing", List.of("/no/such/ä"));
      browser.signIn();

      JsonObject withoutRestic = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);
      browser.openHost(host);
      assertThat(browser.text("#host-state")).isEqualTo("restic missing");
      assertShown(browser, withoutRestic, "Failed", "/nowhere/restic", "install it");

      machine.stop();
      machine.withRestic(Optional.of(machine.folder().resolve("restic"))).start();
      machine.awaitLog("connected to ");
      JsonObject missing = admin.awaitEnd(admin.runNow(host, "missing"), LIMIT);
      assertShown(browser, missing, "Failed", "/no/such/ä");

      JsonObject flagged = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);
      assertShown(browser, flagged, "Succeeded, with warnings", "<i>not for you");
      assertThat(browser.text("#job-snapshot")).isEqualTo(flagged.getString("snapshotId"));
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void assertShown(
      Browser browser, JsonObject job, String status, String... reasons) {
    browser.openJob(job.getString("id"));
    assertThat(browser.text("#job-status")).as(job.toString()).isEqualTo(status);
    assertThat(browser.text("#job-error")).contains(reasons);
    browser.assertFitsNarrowScreen();
  }

  @Test
  void serverThatDoesNotAnswerIsNamedAtEnrolment() {
    URI nobody = URI.create("http://127.0.0.1:" + ControlPlane.freePort());
    try (AgentHost machine = new AgentHost("nobody-there", Project.newestRestic())) {
      Program.Ended enrolled = machine.enrol(nobody, "rme_" + Secrets.random());

      assertThat(enrolled.exitCode()).isEqualTo(NOT_REACHABLE);
      assertOneLine(enrolled, "cannot reach", nobody.toString(), "check the address");
    }
  }

  @Test
  void agentWaitsForServerThatDoesNotAnswer() throws IOException {
    try (AgentHost machine = new AgentHost("patient", Project.newestRestic())) {
      URI gone = enrolAtServerThatGoesAway(machine);

      machine.start();

      machine.awaitLog("no connection to " + gone);
      assertThat(machine.running()).isTrue();
      assertThat(machine.log()).doesNotContain("Exception", "\tat ");
    }
  }

  /** Gives the enrolment's answer and is not there any more; returns where it was. */
  private static URI enrolAtServerThatGoesAway(AgentHost machine) throws IOException {
    byte[] answer =
        Json.createObjectBuilder()
            .add("hostId", "0")
            .add("hostName", machine.name())
            .add("agentToken", "rma_" + Secrets.random())
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), ControlPlane.freePort()), 0);
    server.createContext(
        "/api/v1/enrolments",
        call -> {
          call.getResponseHeaders().add("Content-Type", "application/json");
          call.sendResponseHeaders(201, answer.length);
          call.getResponseBody().write(answer);
          call.close();
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(machine.enrol(url, "rme_" + Secrets.random()).exitCode()).isZero();
      return url;
    } finally {
      server.stop(0);
    }
  }

  @Test
  void enrolmentTokenThatNobodyIssuedIsRefused(ControlPlane controlPlane) {
    try (AgentHost machine = new AgentHost("bad-token", Project.newestRestic())) {
      String token = "rme_" + Secrets.random();
      Program.Ended enrolled = machine.enrol(controlPlane.url(), token);

      assertThat(enrolled.exitCode()).isEqualTo(REFUSED);
      assertOneLine(enrolled, "token is not valid", "new one");
      assertThat(enrolled.output()).doesNotContain(token);

      machine.start();
      assertThat(machine.exitCode(LIMIT)).isEqualTo(NOT_ENROLLED);
      assertThat(machine.log()).contains("not enrolled", "enrol");
    }
  }

  @Test
  void enrolmentTokenThatWasUsedIsRefused(ControlPlane controlPlane) {
    String token = controlPlane.admin().newEnrolmentToken();
    try (AgentHost first = new AgentHost("first-come", Project.newestRestic());
        AgentHost second = new AgentHost("too-late", Project.newestRestic())) {
      assertThat(first.enrol(controlPlane.url(), token).exitCode()).isZero();

      Program.Ended enrolled = second.enrol(controlPlane.url(), token);

      assertThat(enrolled.exitCode()).isEqualTo(REFUSED);
      assertOneLine(enrolled, "used", "new one");
    }
  }

  private static String connect(Admin admin, String host, AgentHost machine, Path folder) {
    String password = Secrets.random();
    admin.connect(host, admin.addRepository(machine.name(), folder.toString(), password));
    return password;
  }

  private static Path oneFile(AgentHost machine) throws IOException {
    return Files.writeString(machine.newFolder("files").resolve("readable"), "content");
  }

  private static void assertFailedBecause(JsonObject job, String... reasons) {
    assertThat(job.getString("status")).as(job.toString()).isEqualTo("failed");
    assertThat(Admin.error(job)).contains(reasons);
  }

  private static void assertOneLine(Program.Ended ended, String... words) {
    assertThat(ended.output()).contains(words);
    assertThat(ended.output().strip().lines()).as(ended.output()).hasSize(1);
  }
}
