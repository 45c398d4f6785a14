package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door of the control plane, tried by everybody; and what nobody may ever read. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class WhoMayComeInTest {

  private static final String NOTHING = "00000000-0000-7000-8000-000000000000";
  private static final String BAD_TOKEN = "rmt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String OWNER_ONLY = "rw-------";
  private static final String PROBLEM = "application/problem+json";

  private ControlPlane controlPlane;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
  }

  /**
   * One door of the REST API that is not for everybody.
   *
   * @param body what is sent, where one is wanted
   * @param admin what an administrator gets; a 4xx is about the request, not about who asks
   */
  record Door(String method, String path, String body, int admin) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Door> guardedDoors() {
    return List.of(
        new Door("POST", "/api/v1/api-tokens", "{\"label\":\"x\",\"expiresInDays\":1}", 201),
        new Door("GET", "/api/v1/api-tokens", "", 200),
        new Door("GET", "/api/v1/api-tokens/mine", "", 200),
        new Door("DELETE", "/api/v1/api-tokens/" + NOTHING, "", 404),
        new Door("GET", "/api/v1/account/second-factor", "", 200),
        new Door("POST", "/api/v1/account/second-factor", "{}", 422),
        new Door("POST", "/api/v1/account/second-factor/confirmation", "{}", 409),
        new Door("POST", "/api/v1/account/second-factor/removal", "{}", 422),
        new Door("DELETE", "/api/v1/people/" + NOTHING + "/second-factor", "", 404),
        new Door("GET", "/api/v1/people", "", 200),
        new Door("POST", "/api/v1/people", "{}", 422),
        new Door("GET", "/api/v1/people/" + NOTHING, "", 404),
        new Door("PUT", "/api/v1/people/" + NOTHING, "{}", 404),
        new Door("DELETE", "/api/v1/people/" + NOTHING, "", 404),
        new Door("POST", "/api/v1/people/" + NOTHING + "/set-up-links", "", 404),
        new Door("DELETE", "/api/v1/people/" + NOTHING + "/sign-ins", "", 404),
        new Door("PUT", "/api/v1/account/password", "{}", 422),
        new Door("GET", "/api/v1/account/sign-ins", "", 200),
        new Door("DELETE", "/api/v1/account/sign-ins/" + NOTHING, "", 404),
        new Door("GET", "/api/v1/account/host-views", "", 200),
        new Door("POST", "/api/v1/account/host-views", "{}", 422),
        new Door("DELETE", "/api/v1/account/host-views/" + NOTHING, "", 404),
        new Door("POST", "/api/v1/enrolment-tokens", "", 201),
        new Door("GET", "/api/v1/secret-keys", "", 200),
        new Door("POST", "/api/v1/secret-keys", "", 201),
        new Door("POST", "/api/v1/secret-keys/reencryption", "", 200),
        new Door("GET", "/api/v1/audit-events", "", 200),
        new Door("GET", "/api/v1/audit-events/export.csv?from=x", "", 422),
        new Door("POST", "/api/v1/audit-events/verification", "", 200),
        new Door("GET", "/api/v1/enrolment-tokens", "", 200),
        new Door("GET", "/api/v1/enrolment-tokens?cursor=x", "", 422),
        new Door("GET", "/api/v1/announcements?cursor=x", "", 422),
        new Door("GET", "/api/v1/announcements", "", 200),
        new Door("POST", "/api/v1/announcements/" + NOTHING + "/acceptance", "", 404),
        new Door("POST", "/api/v1/announcements/" + NOTHING + "/rejection", "", 404),
        new Door("GET", "/api/v1/enrolment-tokens/" + NOTHING, "", 404),
        new Door("DELETE", "/api/v1/enrolment-tokens/" + NOTHING, "", 404),
        new Door("GET", "/api/v1/hosts", "", 200),
        new Door("GET", "/api/v1/fleet/health", "", 200),
        new Door("GET", "/api/v1/hosts/" + NOTHING, "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/repository-connection", "{}", 422),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/agent-token", "", 404),
        new Door("POST", "/api/v1/hosts/" + NOTHING + "/agent-token/rotation", "", 404),
        new Door("DELETE", "/api/v1/hosts/" + NOTHING + "/agent-token", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/jobs", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/snapshots", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/source-groups", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/source-groups/x", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/source-groups/x", "{}", 422),
        new Door("DELETE", "/api/v1/hosts/" + NOTHING + "/source-groups/x", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/tags", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/tags", "{}", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/blackouts", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/blackouts", "{}", 404),
        new Door("POST", "/api/v1/hosts/" + NOTHING + "/source-groups/x/runs", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/connection-events", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/schedules", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/schedules/x", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/schedules/x", "{}", 422),
        new Door("DELETE", "/api/v1/hosts/" + NOTHING + "/schedules/x", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/schedules-enabled", "{}", 422),
        new Door("GET", "/api/v1/jobs/" + NOTHING, "", 404),
        new Door("POST", "/api/v1/jobs/" + NOTHING + "/cancel", "", 404),
        new Door("GET", "/api/v1/jobs/" + NOTHING + "/log", "", 404),
        new Door("GET", "/api/v1/hosts/" + NOTHING + "/bandwidth", "", 404),
        new Door("PUT", "/api/v1/hosts/" + NOTHING + "/bandwidth", "{}", 404),
        new Door("POST", "/api/v1/repositories", "{}", 422),
        new Door("GET", "/api/v1/repositories", "", 200),
        new Door("GET", "/api/v1/repositories/" + NOTHING, "", 404),
        new Door("GET", "/api/v1/repositories/" + NOTHING + "/history", "", 404),
        new Door("PUT", "/api/v1/repositories/" + NOTHING, "{}", 422),
        new Door("DELETE", "/api/v1/repositories/" + NOTHING, "", 404),
        new Door("PUT", "/api/v1/repositories/" + NOTHING + "/credentials/repo", "{}", 404),
        new Door("PUT", "/api/v1/repositories/" + NOTHING + "/credentials/other", "{}", 404),
        new Door("DELETE", "/api/v1/repositories/" + NOTHING + "/credentials/admin", "", 404),
        new Door("POST", "/api/v1/repositories/" + NOTHING + "/tests", "{}", 422),
        new Door("GET", "/api/v1/repositories/" + NOTHING + "/maintenance", "", 404),
        new Door("PUT", "/api/v1/repositories/" + NOTHING + "/maintenance", "{}", 404),
        new Door("POST", "/api/v1/repositories/" + NOTHING + "/maintenance/forget/runs", "", 404),
        new Door("POST", "/api/v1/repositories/" + NOTHING + "/maintenance/mow/runs", "", 404),
        new Door(
            "POST", "/api/v1/hosts/" + NOTHING + "/source-groups/x/retention-preview", "", 404),
        new Door("POST", "/api/v1/repositories/" + NOTHING + "/initialisation", "{}", 404),
        new Door("GET", "/api/v1/repositories/" + NOTHING + "/password-rotation", "", 404),
        new Door("POST", "/api/v1/repositories/" + NOTHING + "/password-rotation", "", 404),
        new Door("DELETE", "/api/v1/repositories/" + NOTHING + "/password-rotation", "", 404),
        new Door("PUT", "/api/v1/repositories/" + NOTHING + "/password", "{}", 404));
  }

  @ParameterizedTest
  @MethodSource("guardedDoors")
  void guardedDoorOpensOnlyForPeople(Door door) {
    Api nobody = controlPlane.api();
    assertRefused(door, nobody);
    assertRefused(door, nobody.withToken(BAD_TOKEN));
    assertRefused(door, nobody.withToken(agentToken()));
    assertRefused(door, nobody.withToken(controlPlane.admin().newEnrolmentToken()));

    Api.Reply reply = knock(door, controlPlane.admin().api());
    reply.expect(door.admin());
    if (door.admin() >= 400) {
      assertProblem(reply, door.admin());
    } else {
      assertThat(reply.contentType()).isEqualTo("application/json");
    }
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  private static Api.Reply knock(Door door, Api api) {
    return api.send(
        door.method(), door.path(), Optional.of(door.body()).filter(body -> !body.isEmpty()));
  }

  private static void assertRefused(Door door, Api api) {
    Api.Reply reply = knock(door, api);
    assertProblem(reply, 401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
  }

  private static void assertProblem(Api.Reply reply, int status) {
    reply.expect(status);
    assertThat(reply.contentType()).as(reply.request()).isEqualTo(PROBLEM);
    JsonObject problem = reply.json();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("code")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank().doesNotContain("Exception");
  }

  /** Enrols a machine of which nothing runs, as an agent would. */
  private String agentToken() {
    JsonObject machine =
        Json.createObjectBuilder()
            .add("token", controlPlane.admin().newEnrolmentToken())
            .add("hostname", "nobody-home")
            .add("os", "linux")
            .add("arch", "amd64")
            .build();
    return controlPlane
        .api()
        .post("/api/v1/enrolments", machine)
        .expect(201)
        .json()
        .getString("agentToken");
  }

  static List<Door> openDoors() {
    return List.of(
        new Door("POST", "/api/v1/set-up", "{}", 401),
        new Door("POST", "/api/v1/set-up", "{\"token\":\"x\",\"name\":\"x\"}", 401),
        new Door(
            "POST",
            "/api/v1/set-up",
            "{\"token\":\"x\",\"name\":\"x\",\"password\":\"long enough to do\"}",
            401),
        new Door("POST", "/api/v1/set-password", "{}", 401),
        new Door("POST", "/api/v1/set-password", "{\"token\":\"x\"}", 401),
        new Door("POST", "/api/v1/sign-in", "{\"name\":\"admin\",\"password\":\"x\"}", 401),
        new Door("POST", "/api/v1/sign-in", "{\"name\":\"ad\\u0000min\",\"password\":\"x\"}", 401),
        new Door("POST", "/api/v1/sign-in", "{}", 401),
        new Door("POST", "/api/v1/sign-in", "{", 400),
        new Door("POST", "/api/v1/sign-in", "", 400),
        new Door("POST", "/api/v1/enrolments", "{\"token\":\"x\"}", 422),
        new Door("POST", "/api/v1/announcements", "{}", 422),
        new Door("POST", "/api/v1/announcements/" + NOTHING + "/claims", "{}", 404),
        new Door(
            "POST",
            "/api/v1/enrolments",
            "{\"token\":\"x\",\"hostname\":\"x\",\"os\":\"linux\",\"arch\":\"amd64\"}",
            401),
        new Door("GET", "/api/v1/nothing-here", "", 404),
        new Door("DELETE", "/api/v1/hosts", "", 405));
  }

  @ParameterizedTest
  @MethodSource("openDoors")
  void openDoorAnswersEverybodyAlikeAndSaysWhatWasWrong(Door door) {
    Api nobody = controlPlane.api();
    for (Api api : List.of(nobody, nobody.withToken(BAD_TOKEN), controlPlane.admin().api())) {
      assertProblem(knock(door, api), door.admin());
    }
  }

  @Test
  void setUpTokenWorksOnce() {
    controlPlane.admin();
    assertThat(Processes.files(controlPlane.folder(), "set-up-token"))
        .as("it is gone once it has been used, or worthless")
        .allSatisfy(file -> assertSetUpRefuses(Program.read(file).strip()));
    assertSetUpRefuses("rms_" + Secrets.random());
  }

  private void assertSetUpRefuses(String token) {
    Api.Reply reply =
        controlPlane
            .api()
            .post(
                "/api/v1/set-up",
                Json.createObjectBuilder()
                    .add("token", token)
                    .add("name", "second")
                    .add("password", "long enough to do")
                    .build());
    assertProblem(reply, 401);
    assertThat(reply.json().getString("code")).isEqualTo("set-up-link-refused");
  }

  @ParameterizedTest
  @MethodSource("guardedPages")
  void guardedPageLeadsStrangersToTheSignIn(String page) {
    Api nobody = controlPlane.api();
    for (Api api : List.of(nobody, nobody.withToken(BAD_TOKEN), nobody.withToken(agentToken()))) {
      Api.Reply reply = api.get(page);
      assertThat(reply.status()).as(reply.body()).isBetween(302, 303);
      assertThat(URI.create(reply.header("Location")).getPath()).isEqualTo("/sign-in.xhtml");
    }
  }

  static List<String> guardedPages() {
    return List.of(
        "/",
        "/audit.xhtml",
        "/dashboard.xhtml",
        "/live",
        "/hosts.xhtml",
        "/host.xhtml?id=" + NOTHING,
        "/job.xhtml?id=" + NOTHING,
        "/people.xhtml",
        "/person.xhtml?id=" + NOTHING,
        "/account.xhtml",
        "/second-factor.xhtml");
  }

  @ParameterizedTest
  @MethodSource("openPages")
  void openPageIsShownToStrangers(String page) {
    controlPlane.api().get(page).expect(200);
    controlPlane.api().withToken(BAD_TOKEN).get(page).expect(200);
  }

  @Test
  void metricsAreForWhoMayReadAndForNobodyElse() {
    Api nobody = controlPlane.api();
    for (Api api : List.of(nobody, nobody.withToken(BAD_TOKEN), nobody.withToken(agentToken()))) {
      assertThat(api.get("/metrics").expect(401).header("WWW-Authenticate")).startsWith("Bearer");
    }
    Api.Reply reply = controlPlane.admin().api().get("/metrics").expect(200);
    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(reply.body()).contains("restic_manager_agents_connected ");
  }

  static List<String> openPages() {
    return List.of(
        "/sign-in.xhtml",
        "/set-up.xhtml",
        "/set-password.xhtml",
        "/install.sh",
        "/agent/restic-manager-agent.jar.sha256",
        "/health/live",
        "/health/ready");
  }

  @ParameterizedTest
  @MethodSource("innerPaths")
  void innerPartsOfTheApplicationAreServedToNobody(String path) {
    Api.Reply stranger = controlPlane.api().get(path);
    assertThat(stranger.status()).as(stranger.body()).isIn(302, 303, 401, 403, 404);
    Api.Reply admin = controlPlane.admin().api().get(path);
    assertThat(admin.status()).as(admin.body()).isIn(403, 404);
  }

  static List<String> innerPaths() {
    return List.of(
        "/WEB-INF/web.xml",
        "/WEB-INF/agent/restic-manager-agent.jar.download",
        "/agent/other.jar",
        "/WEB-INF/templates/page.xhtml",
        "/META-INF/MANIFEST.MF",
        "/jakarta.faces.resource/web.xml?ln=../WEB-INF",
        "/jakarta.faces.resource/../WEB-INF/web.xml",
        "/nothing-here");
  }

  @Test
  void agentsDoorOpensOnlyForAgents() {
    assertThat(upgrade(controlPlane, Optional.empty())).isEqualTo(401);
    assertUpgrade(controlPlane, BAD_TOKEN, 401);
    assertUpgrade(controlPlane, controlPlane.admin().api().token().orElseThrow(), 401);
    assertUpgrade(controlPlane, controlPlane.admin().newEnrolmentToken(), 401);
    assertUpgrade(controlPlane, agentToken(), 101);
  }

  /** Asks for a WebSocket with this token. */
  static void assertUpgrade(ControlPlane controlPlane, String token, int status) {
    assertThat(upgrade(controlPlane, Optional.of(token))).isEqualTo(status);
  }

  /** Asks for a WebSocket; returns the status of the answer. */
  private static int upgrade(ControlPlane controlPlane, Optional<String> token) {
    HttpClient client = HttpClient.newHttpClient();
    WebSocket.Builder socket = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    token.ifPresent(text -> socket.header("Authorization", "Bearer " + text));
    URI address = URI.create("ws" + controlPlane.url().toString().substring(4) + "/ws/agent");
    try {
      socket.buildAsync(address, new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  @Test
  void nothingSecretIsWhereOthersCouldReadIt() throws IOException {
    Admin admin = controlPlane.admin();
    String enrolmentToken = admin.newEnrolmentToken();
    String password = "rep0sitory " + Secrets.random();
    String restPassword = "rest " + Secrets.random();
    List<String> secrets =
        List.of(password, restPassword, enrolmentToken, controlPlane.adminPassword());
    TreeSet<String> commandLines = new TreeSet<>();
    TreeSet<String> knowing = new TreeSet<>();
    List<Path> logs = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    try (AgentHost machine = new AgentHost("discreet", Project.newestRestic())) {
      assertThat(machine.enrol(controlPlane.url(), enrolmentToken).exitCode()).isZero();
      machine.start();
      String host = admin.hostNamed(machine.name()).getString("id");
      admin.awaitOnline(host);
      connect(host, machine, password, restPassword);
      SourceFiles.large(machine.newFolder("files").resolve("large"), 50, 7);
      admin.putSourceGroup(host, "files", List.of(machine.folder().resolve("files").toString()));

      String job = admin.runNow(host, "files");
      JsonObject ended =
          admin.watch(
              job,
              Duration.ofMinutes(1),
              state -> {
                commandLines.addAll(Processes.commandLines());
                knowing.addAll(Processes.withInEnvironment(password));
              });
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
      assertThat(commandLines).as("restic was seen").anyMatch(line -> line.contains("backup"));
      assertThat(knowing)
          .as("whose environment holds the password: restic's, and the shell's that starts it")
          .isNotEmpty()
          .allMatch(
              line -> line.matches(".*/restic [a-z]+ .*|(/usr/bin/setsid )?/bin/sh [a-z-]+\\.sh"));

      logs.addAll(controlPlane.logs());
      logs.addAll(Processes.files(machine.folder(), "*.log"));
      admin.jobs(host).forEach(each -> texts.add(admin.log(each.getString("id")).toString()));
      texts.add(admin.api().get("/api/v1/repositories").body());
      texts.add(admin.jobs(host).toString());
      texts.addAll(commandLines);
      for (Path log : logs) {
        texts.add(Files.isRegularFile(log) ? Program.read(log) : "");
      }
      assertThat(Processes.filesWith(controlPlane.folder(), secrets))
          .as("the control plane's disk: its database, with all that it has written, and its logs")
          .isEmpty();
      assertThat(Processes.filesWith(machine.folder(), secrets))
          .as("the agent's disk: it must reach the repository without us")
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file.toFile()).has(rightsOf(OWNER_ONLY)));
    }
    assertThat(logs).hasSizeGreaterThan(2);
    for (String text : texts) {
      assertThat(text).doesNotContain(secrets);
      // of agents, people and enrolments; the set-up token's place is the console
      assertThat(text).doesNotContainPattern("rm[aet]_[A-Za-z0-9_-]{20,}");
    }
  }

  private static Condition<File> rightsOf(String wanted) {
    return new Condition<>(
        file -> {
          try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath()))
                .equals(wanted);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        "rights " + wanted);
  }

  /**
   * The credentials of a REST server are of no use to a local folder, but must be kept as secret.
   */
  private void connect(String host, AgentHost machine, String password, String restPassword) {
    Admin admin = controlPlane.admin();
    String repository =
        admin
            .api()
            .post(
                "/api/v1/repositories",
                Json.createObjectBuilder()
                    .add("name", machine.name())
                    .add("url", machine.folder().resolve("repository").toString())
                    .add("password", password)
                    .add("username", "somebody")
                    .add("credential", restPassword)
                    .build())
            .expect(201)
            .json()
            .getString("id");
    admin.connect(host, repository);
  }

  @Test
  void secretsInRefusedRequestsAreNotRepeated() {
    String secret = Secrets.random();
    Api api = controlPlane.admin().api();
    List<Api.Reply> replies =
        Stream.of(
                "{\"name\":\"x\",\"url\":\"rest:http://me:" + secret + "@x/\",\"password\":\"x\"}",
                "{\"name\":\"\",\"url\":\"/x\",\"password\":\"" + secret + "\"}",
                "{\"name\":\"x\",\"password\":\"" + secret)
            .map(body -> api.send("POST", "/api/v1/repositories", Optional.of(body)))
            .toList();
    assertProblem(replies.get(0), 422);
    assertProblem(replies.get(1), 422);
    assertProblem(replies.get(2), 400);
    assertThat(replies).extracting(Api.Reply::body).noneMatch(body -> body.contains(secret));
    assertThat(controlPlane.logs())
        .filteredOn(Files::isRegularFile)
        .extracting(Program::read)
        .noneMatch(log -> log.contains(secret));
  }
}
