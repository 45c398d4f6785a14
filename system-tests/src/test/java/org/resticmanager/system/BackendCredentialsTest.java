package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The user at a backend is replaced while a backup runs with the one of before. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class BackendCredentialsTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String first = Secrets.random();
  private final String second = Secrets.random();

  @Test
  void runningBackupEndsWithTheOldUserAndTheNextOnesUseTheNewOne(ControlPlane controlPlane)
      throws Exception {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("backend-user", Project.newestRestic());
        RestServer server =
            new RestServer(
                Project.restServers().get(0),
                machine.newFolder("server"),
                machine.newFolder("repositories"),
                Map.of("first", first),
                Optional.empty())) {
      String host = machine.join(controlPlane);
      String id =
          admin
              .api()
              .post(
                  "/api/v1/repositories",
                  user("first", first)
                      .add("name", machine.name())
                      .add("url", server.url("here"))
                      .add("password", Secrets.random())
                      .build())
              .expect(201)
              .json()
              .getString("id");
      admin.connect(host, id);
      admin.awaitInit(host);
      Path source = machine.newFolder("source");
      SourceFiles.large(source.resolve("file"), 3, 1);
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));

      String running = slowBackup(admin, host);
      admin.awaitProgress(running);
      server.changeUsers(Map.of("first", first, "second", second));
      awaitStatus(server, "second", second, 200);
      admin
          .api()
          .put("/api/v1/repositories/" + id + "/credentials/repo", user("second", second).build())
          .expect(200);
      assertThat(admin.job(running).getString("status")).isEqualTo("running");
      assertSucceeded(admin, running);

      server.changeUsers(Map.of("second", second));
      awaitStatus(server, "first", first, 401);
      assertSucceeded(admin, admin.runNow(host, GROUP));
      assertThat(admin.snapshots(host)).hasSize(2);
      assertThat(Program.read(machine.folder().resolve("agent/secrets.json")))
          .contains(second)
          .doesNotContain(first);
    }
  }

  private static JsonObjectBuilder user(String name, String credential) {
    return Json.createObjectBuilder().add("username", name).add("credential", credential);
  }

  private static String slowBackup(Admin admin, String host) {
    return admin
        .api()
        .post(
            Admin.sourceGroup(host, GROUP) + "/runs",
            Json.createObjectBuilder().add("limitUploadKib", 512).build())
        .expect(202)
        .json()
        .getString("id");
  }

  private static void assertSucceeded(Admin admin, String job) {
    JsonObject ended = admin.awaitEnd(job, LIMIT);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
  }

  private static void awaitStatus(RestServer server, String user, String password, int status) {
    await("the server answers " + status + " to " + user)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status(server, user, password) == status);
  }

  private static int status(RestServer server, String user, String password)
      throws IOException, InterruptedException {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.address("here") + "config"))
                .header("Authorization", "Basic " + basic)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
