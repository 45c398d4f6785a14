package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repository's life on each kind of backend that can be had on one machine, with real parts. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class BackendsTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private static Restic restic018() {
    return Project.restics().stream()
        .filter(restic -> restic.version().startsWith("0.18."))
        .findFirst()
        .orElseThrow();
  }

  static List<Restic> otherRestics() {
    return Project.restics().stream().filter(restic -> !restic.equals(restic018())).toList();
  }

  // --- rest-server that only takes, and a second one over the same data that lets delete ---

  @Test
  void everydayCredentialsBackUpAndCannotDeleteAndAdminCredentialsPrune() throws Exception {
    lifeOnRestServer(restic018(), Project.restServers().get(0));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("otherRestics")
  void soItIsWithEveryRestic(Restic restic) throws Exception {
    List<Path> servers = Project.restServers();
    lifeOnRestServer(restic, servers.get(servers.size() - 1));
  }

  private void lifeOnRestServer(Restic restic, Path binary) throws Exception {
    String name = "rest-" + restic.version();
    String everyday = Secrets.random();
    String keeper = Secrets.random();
    String password = Secrets.random();
    try (AgentHost machine = new AgentHost(name, restic)) {
      Path data = machine.newFolder("repositories");
      Certificate certificate = Certificate.make(machine.folder());
      machine.withEnvironment("RESTIC_CACERT", certificate.certificate().toString());
      try (RestServer taking =
              new RestServer(
                  binary,
                  machine.newFolder("taking"),
                  data,
                  Map.of(name, everyday),
                  Optional.of(certificate),
                  "--append-only",
                  "--private-repos");
          RestServer deleting =
              new RestServer(
                  binary,
                  machine.newFolder("deleting"),
                  data,
                  Map.of("keeper", keeper),
                  Optional.of(certificate))) {
        String host = machine.join(controlPlane);
        String id =
            add(
                object("name", name)
                    .add("url", taking.url(name))
                    .add("password", password)
                    .add("username", name)
                    .add("credential", everyday));
        admin.connect(host, id);
        Path source = machine.newFolder("source");
        admin.putSourceGroup(host, GROUP, List.of(source.toString()));
        Restic.Repository behind = restic.repository(data.resolve(name), password);

        backUpTwice(host, source);
        assertReported(host, behind);

        Set<String> before = snapshotFiles(data.resolve(name));
        assertThat(delete(machine, taking.address(name), before, name, everyday))
            .as("the server refuses everyday credentials")
            .isEqualTo(403);
        assertThat(snapshotFiles(data.resolve(name))).isEqualTo(before);

        assertThat(run(id, "prune").status()).isEqualTo(409);
        putAdmin(
            id,
            object("url", deleting.url(name)).add("username", "keeper").add("credential", keeper));
        assertSucceeded(test(id, "repo", host));
        assertSucceeded(test(id, "admin", host));
        admin.putSourceGroup(host, GROUP, keepingOne(source));
        assertSucceeded(awaitRun(id, "forget"));
        assertThat(snapshotFiles(data.resolve(name))).hasSize(1);
        JsonObject pruned = awaitRun(id, "prune");

        assertSucceeded(pruned);
        JsonObject repository = repository(id);
        assertThat(repository.getJsonNumber("lastPruneFreedBytes").longValue()).isPositive();
        assertThat(repository.getInt("snapshotCount")).isEqualTo(1);
        assertReported(host, behind);
        JsonObject today = history(id).get(0);
        assertThat(today.getJsonNumber("freedBytes"))
            .isEqualTo(repository.getJsonNumber("lastPruneFreedBytes"));
        assertThat(today.getJsonNumber("rawSizeBytes"))
            .isEqualTo(repository.getJsonNumber("rawSizeBytes"));
        assertThat(today.getInt("snapshotCount")).isEqualTo(1);
        assertSucceeded(awaitRun(id, "check"));
        assertThat(repository(id).getString("lastCheckStatus")).isEqualTo("ok");

        putAdmin(id, object("credential", "wrong"));
        assertThat(Admin.error(test(id, "admin", host)))
            .contains("refused the user name or password");
        assertSucceeded(test(id, "repo", host));
        assertThat(admin.log(pruned.getString("id")).toString() + machine.log())
            .doesNotContain(everyday, keeper, password);
      }
    }
  }

  private static JsonObject keepingOne(Path source) {
    return Admin.covering(List.of(source.toString()))
        .add("retention", Json.createObjectBuilder().add("keepLast", 1))
        .build();
  }

  private static Set<String> snapshotFiles(Path repository) throws IOException {
    try (Stream<Path> files = Files.list(repository.resolve("snapshots"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** As a thief would who has the everyday credentials; returns the status. */
  private static int delete(
      AgentHost machine, String address, Set<String> snapshots, String user, String password)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "snapshots/" + snapshots.iterator().next()))
            .DELETE()
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
            .build();
    return HttpClient.newBuilder()
        .sslContext(Certificate.trusting(machine.folder().resolve("server.pem")))
        .build()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  // --- others ---

  @Tag("slow")
  @Test
  void repositoryLivesInABucket() {
    String secret = Secrets.random();
    try (AgentHost machine = new AgentHost("s3", restic018())) {
      Path data = machine.newFolder("buckets");
      Path bucket = machine.newFolder("buckets/bucket");
      try (S3Server server = new S3Server(machine.newFolder("s3proxy"), data, secret)) {
        life(
            machine,
            object("url", server.url("bucket", "repo"))
                .add("username", S3Server.KEY_ID)
                .add("credential", secret),
            object("username", S3Server.KEY_ID).add("credential", secret),
            bucket.resolve("repo"));
      }
    }
  }

  @Tag("slow")
  @Test
  void repositoryLivesOnAServerThatIsReachedOverSsh() {
    try (AgentHost machine = new AgentHost("sftp", restic018())) {
      Path repository = TestUser.give(machine.newFolder("remote")).resolve("repo");
      try (SftpServer server = new SftpServer(machine.newFolder("ssh"))) {
        machine.withEnvironment("PATH", server.clientFolder() + ":" + System.getenv("PATH"));
        life(
            machine, object("url", server.url(repository)), Json.createObjectBuilder(), repository);
      }
    }
  }

  @Tag("slow")
  @Test
  void repositoryLivesInALocalFolder() {
    try (AgentHost machine = new AgentHost("local", restic018())) {
      Path repository = machine.folder().resolve("repo");
      life(machine, object("url", repository.toString()), Json.createObjectBuilder(), repository);
    }
  }

  /**
   * From the creation of the repository to its check.
   *
   * @param lies where its files can be found behind the backend's back
   */
  private void life(
      AgentHost machine, JsonObjectBuilder everyday, JsonObjectBuilder adminSlot, Path lies) {
    String password = Secrets.random();
    String host = machine.join(controlPlane);
    String id = add(everyday.add("name", machine.name()).add("password", password));
    admin.connect(host, id);
    Path source = machine.newFolder("source");
    admin.putSourceGroup(host, GROUP, List.of(source.toString()));
    Restic.Repository behind = restic018().repository(lies, password);
    backUpTwice(host, source);
    assertReported(host, behind);
    behind.forgetAllButTheNewest();
    putAdmin(id, adminSlot);
    assertSucceeded(test(id, "admin", host));

    assertSucceeded(awaitRun(id, "prune"));

    assertThat(repository(id).getJsonNumber("lastPruneFreedBytes").longValue()).isPositive();
    assertReported(host, behind);
    assertSucceeded(awaitRun(id, "check"));
  }

  // --- what they have in common ---

  private static JsonObjectBuilder object(String key, String value) {
    return Json.createObjectBuilder().add(key, value);
  }

  private String add(JsonObjectBuilder repository) {
    return admin
        .api()
        .post("/api/v1/repositories", repository.build())
        .expect(201)
        .json()
        .getString("id");
  }

  private void putAdmin(String repository, JsonObjectBuilder credentials) {
    admin
        .api()
        .put("/api/v1/repositories/" + repository + "/credentials/admin", credentials.build())
        .expect(200);
  }

  private JsonObject repository(String id) {
    return admin.api().get("/api/v1/repositories/" + id).expect(200).json();
  }

  private List<JsonObject> history(String id) {
    return admin
        .api()
        .get("/api/v1/repositories/" + id + "/history")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private Api.Reply run(String repository, String operation) {
    return admin
        .api()
        .post("/api/v1/repositories/" + repository + "/maintenance/" + operation + "/runs");
  }

  private JsonObject awaitRun(String repository, String operation) {
    JsonObject jobs = run(repository, operation).expect(202).json();
    return admin.awaitEnd(jobs.getJsonArray("items").getJsonObject(0).getString("id"), LIMIT);
  }

  /** The end of a test of the connection. */
  private JsonObject test(String repository, String slot, String host) {
    String job =
        admin
            .api()
            .post(
                "/api/v1/repositories/" + repository + "/tests",
                object("slot", slot).add("host", host).build())
            .expect(202)
            .json()
            .getString("id");
    return admin.awaitEnd(job, LIMIT);
  }

  /** Two snapshots that have nothing in common, so that there is something to prune. */
  private void backUpTwice(String host, Path source) {
    for (int number = 0; number < 2; number++) {
      SourceFiles.large(source.resolve("file"), 2, number);
      assertSucceeded(admin.awaitEnd(admin.runNow(host, GROUP), LIMIT));
    }
  }

  private static void assertSucceeded(JsonObject job) {
    assertThat(job.getString("status")).as("the job: " + job).isEqualTo("succeeded");
  }

  /** What the product shows is what restic says behind its back. */
  private void assertReported(String host, Restic.Repository behind) {
    assertThat(ids(admin.snapshots(host)))
        .isEqualTo(ids(behind.snapshots().getValuesAs(JsonObject.class)));
  }

  private static Set<String> ids(List<JsonObject> snapshots) {
    return snapshots.stream().map(snapshot -> snapshot.getString("id")).collect(Collectors.toSet());
  }
}
