package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.system.Peer.Enrolled;

/** Repositories over REST, and what their agents hear of it on a bare socket. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class RepositoriesTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private static String path(String repository) {
    return "/api/v1/repositories/" + repository;
  }

  private static JsonObjectBuilder object(String key, String value) {
    return Json.createObjectBuilder().add(key, value);
  }

  private JsonObject repository(String id) {
    return admin.api().get(path(id)).expect(200).json();
  }

  private Api.Reply edit(String id, String name, String url, String etag) {
    String body = object("name", name).add("url", url).build().toString();
    return admin.api().send("PUT", path(id), Optional.of(body), Map.of("If-Match", etag));
  }

  private Api.Reply putCredentials(String id, String slot, JsonObjectBuilder body) {
    return admin.api().put(path(id) + "/credentials/" + slot, body.build());
  }

  // --- edit and remove ---

  @Test
  void nobodyOverwritesAChangeThatTheyHaveNotSeen() {
    String id = admin.addRepository("edited", "/srv/edited", "secret");
    String seen = admin.api().get(path(id)).expect(200).header("ETag");

    Api.Reply first = edit(id, "edited by one", "/srv/edited", seen).expect(200);
    Api.Reply second = edit(id, "edited by another", "/srv/edited", seen).expect(412);

    assertThat(second.json().getString("code")).isEqualTo("stale");
    assertThat(repository(id).getString("name")).isEqualTo("edited by one");
    assertThat(first.header("ETag")).isNotEqualTo(seen);
    edit(id, "edited by another", "/srv/other", first.header("ETag")).expect(200);
    assertThat(repository(id).getString("url")).isEqualTo("/srv/other");
  }

  @Test
  void twoRepositoriesNeverHaveOneName() {
    admin.addRepository("taken", "/srv/taken", "secret");
    String id = admin.addRepository("free", "/srv/free", "secret");

    assertThat(edit(id, "taken", "/srv/free", "*").expect(409).json().getString("code"))
        .isEqualTo("name-taken");
    edit(id, "free", "/srv/elsewhere", "*").expect(200);
  }

  @Test
  void aRepositoryIsRemovedOnceNothingIsInTheWayAndItsNameIsFreeThen() {
    Enrolled machine = Peer.ready(controlPlane, "leaver", "files");
    String id = repositoryNamed("leaver");
    String job = admin.runNow(machine.host(), "files");
    JsonObject connected = admin.api().delete(path(id)).expect(409).json();
    assertThat(connected.getString("code")).isEqualTo("hosts-connected");
    assertThat(connected.getString("detail")).contains("leaver");

    admin.connect(machine.host(), admin.addRepository("next of leaver", "/nowhere/n", "secret"));
    admin.api().delete(path(id)).expect(204);

    admin.api().get(path(id)).expect(404);
    assertThat(admin.job(job).getString("status")).isEqualTo("failed");
    assertThat(admin.job(job).getString("error")).contains("connected to another repository");
    assertThat(admin.addRepository("leaver", "/nowhere/leaver", "secret")).isNotEqualTo(id);
  }

  @Test
  void aHostStaysWithItsRepositoryUntilTheJobOfItsAgentHasEnded() {
    Enrolled machine = Peer.ready(controlPlane, "stayer", "files");
    String connection = "/api/v1/hosts/" + machine.host() + "/repository-connection";
    JsonObject other =
        object("repositoryId", admin.addRepository("next of stayer", "/nowhere/s", "secret"))
            .build();
    try (Peer peer = machine.hello("ack", "resume")) {
      String job = admin.runNow(machine.host(), "files");
      peer.awaitCommand(command -> command.getString("job_id").equals(job));
      peer.start(job);

      JsonObject refusal = admin.api().put(connection, other).expect(409).json();
      assertThat(refusal.getString("code")).isEqualTo("jobs-open");
      assertThat(refusal.getString("detail")).contains("cancel");

      peer.finish(job, "succeeded", 0);
      peer.await1("event.ack", ack -> ack.getBoolean("finished", false));
      admin.api().put(connection, other).expect(204);
    }
  }

  private String repositoryNamed(String name) {
    return admin
        .api()
        .get("/api/v1/repositories?limit=1000")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(repository -> repository.getString("name").equals(name))
        .map(repository -> repository.getString("id"))
        .findFirst()
        .orElseThrow();
  }

  // --- credentials ---

  @Test
  void whichCredentialsAreSetIsShownAndNeverWhatTheyAre() {
    String id = admin.addRepository("secretive", "s3:https://s3.example/bucket", "pass-1");
    putCredentials(
            id,
            "repo",
            object("username", "key-id")
                .add("credential", "key-secret")
                .add("environment", object("AWS_SESSION_TOKEN", "token-secret")))
        .expect(200);
    putCredentials(id, "admin", object("url", "s3:https://other.example/bucket")).expect(200);

    JsonObject shown = repository(id);
    assertThat(shown.getJsonArray("credentials").getValuesAs(JsonObject.class))
        .containsExactly(
            object("slot", "repo")
                .add("password", true)
                .add("username", true)
                .add("credential", true)
                .add("environment", Json.createArrayBuilder().add("AWS_SESSION_TOKEN"))
                .build(),
            object("slot", "admin")
                .add("url", "s3:https://other.example/bucket")
                .add("password", false)
                .add("username", false)
                .add("credential", false)
                .add("environment", JsonValue.EMPTY_JSON_ARRAY)
                .build());
    assertThat(shown.toString()).doesNotContain("pass-1", "key-id", "secret\"");
  }

  @Test
  void agentGetsWhatIsSetAndForgetsWhatIsTakenAway() {
    Enrolled machine = Peer.ready(controlPlane, "slots", "files");
    String id = repositoryNamed("slots");
    try (Peer peer = machine.hello("ack", "environment")) {
      assertThat(
              peer.await1("config.update", update -> slot(update, "admin")).getString("repo_url"))
          .isEmpty();

      putCredentials(
              id,
              "admin",
              object("url", "/nowhere/with-rights")
                  .add("environment", object("ST_KEY", "swift-key").add("ST_USER", "swift-user")))
          .expect(200);
      JsonObject given =
          peer.await1(
              "config.update", update -> update.getString("repo_url").endsWith("with-rights"));
      assertThat(given.getString("slot")).isEqualTo("admin");
      assertThat(given.getString("repo_password"))
          .as("the admin slot has none of its own")
          .isEqualTo("secret");
      assertThat(given.getJsonArray("environment").toString()).contains("swift-key", "swift-user");

      putCredentials(
              id, "admin", object("password", "own").add("environment", object("ST_KEY", "")))
          .expect(200);
      JsonObject changed =
          peer.await1("config.update", update -> update.getString("repo_password").equals("own"));
      assertThat(changed.getString("repo_url")).isEqualTo("/nowhere/with-rights");
      assertThat(changed.getJsonArray("environment").toString())
          .contains("swift-user")
          .doesNotContain("swift-key");

      long before = cleared(peer);
      admin.api().delete(path(id) + "/credentials/admin").expect(204);
      peer.await1("config.update", any -> cleared(peer) > before);
    }
  }

  private static long cleared(Peer peer) {
    return peer.received("config.update").stream()
        .filter(
            update ->
                slot(update, "admin")
                    && update.getString("repo_url").isEmpty()
                    && update.getString("repo_password").isEmpty()
                    && update.getJsonArray("environment").isEmpty())
        .count();
  }

  private static boolean slot(JsonObject update, String slot) {
    return update.getString("slot").equals(slot);
  }

  @Test
  void agentThatKnowsNoVariablesIsNotSentAnyNorAJobThatNeedsThem() {
    Enrolled machine = Peer.ready(controlPlane, "old-agent", "files");
    String id = repositoryNamed("old-agent");
    putCredentials(
            id, "repo", Json.createObjectBuilder().add("environment", object("ST_USER", "user")))
        .expect(200);
    String job = admin.runNow(machine.host(), "files");
    try (Peer peer = machine.hello("ack")) {
      JsonObject ended = admin.awaitEnd(job, LIMIT);

      assertThat(ended.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(ended)).contains("variables", "update the agent");
      assertThat(peer.received("config.update"))
          .isNotEmpty()
          .allSatisfy(update -> assertThat(update).doesNotContainKey("environment"));
      assertThat(peer.received("command.run")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LD_PRELOAD", "PATH", "RESTIC_PASSWORD_COMMAND", "AWS_CONFIG_FILE", "x"})
  void variablesThatAreNoCredentialsAreRefused(String name) {
    String id = admin.addRepository("no " + name, "/srv/no", "secret");

    JsonObject refusal =
        putCredentials(
                id, "repo", Json.createObjectBuilder().add("environment", object(name, "value")))
            .expect(422)
            .json();

    assertThat(refusal.getString("field")).isEqualTo("environment");
  }

  // --- prune, check, unlock ---

  @Test
  void pruneWithoutAdminCredentialsIsAVisibleGapAndRunsOnceThereAreSome() {
    Enrolled machine = Peer.ready(controlPlane, "pruner", "files");
    String id = repositoryNamed("pruner");
    assertThat(repository(id).getString("warning"))
        .isEqualTo("no admin credentials: prune cannot run");
    assertThat(run(id, "prune").expect(409).json().getString("code"))
        .isEqualTo("no-admin-credentials");

    putCredentials(id, "admin", Json.createObjectBuilder()).expect(200);
    assertThat(repository(id)).doesNotContainKey("warning");
    try (Peer peer = machine.hello("ack")) {
      peer.await1("schedule.set");
      String job = jobOf(run(id, "prune"));
      assertThat(jobOf(run(id, "prune"))).as("one on its way is enough").isEqualTo(job);
      JsonObject command = peer.await1("command.run");
      assertThat(command.getString("job_id")).isEqualTo(job);
      assertThat(command.getBoolean("requires_admin_creds")).isTrue();
    }
  }

  @Test
  void pruneWhoseAdminCredentialsWereTakenAwayMeanwhileFailsWithThatReason() {
    Enrolled machine = Peer.ready(controlPlane, "robbed", "files");
    String id = repositoryNamed("robbed");
    putCredentials(id, "admin", Json.createObjectBuilder()).expect(200);
    try (Peer peer = machine.hello("ack")) {
      // what runs keeps the prune waiting
      String backup = admin.runNow(machine.host(), "files");
      peer.awaitCommand(command -> command.getString("job_id").equals(backup));
      peer.start(backup);
      String job = jobOf(run(id, "prune"));
      admin.api().delete(path(id) + "/credentials/admin").expect(204);
      peer.finish(backup, "succeeded", 0);

      JsonObject ended = admin.awaitEnd(job, LIMIT);

      assertThat(ended.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(ended)).contains("no admin credentials: prune cannot run");
      assertThat(peer.received("command.run")).hasSize(1);
    }
  }

  @Test
  void onlyAHostOfTheRepositoryIsAsked() {
    String id = admin.addRepository("foreign", "/srv/foreign", "secret");
    Enrolled machine = Enrolled.at(controlPlane, "stranger");

    JsonObject test = object("slot", "repo").add("host", machine.host()).build();
    assertThat(admin.api().post(path(id) + "/tests", test).expect(409).json().getString("code"))
        .isEqualTo("not-connected");
  }

  private Api.Reply run(String repository, String operation) {
    return admin.api().post(path(repository) + "/maintenance/" + operation + "/runs");
  }

  private static String jobOf(Api.Reply run) {
    return run.expect(202).json().getJsonArray("items").getJsonObject(0).getString("id");
  }
}
