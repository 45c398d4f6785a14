package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.system.Peer.Enrolled;

/** The password of a repository is changed while its hosts go on. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class PasswordRotationTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  static List<Restic> restics() {
    return Project.restics();
  }

  @Test
  void passwordChangesWhileABackupRunsAndThenTheOldOneOpensNothing(ControlPlane controlPlane) {
    try (AgentHost busy = new AgentHost("rotation-busy", Project.newestRestic());
        AgentHost idle = new AgentHost("rotation-idle", Project.newestRestic())) {
      HeldRestic held = new HeldRestic(busy.folder(), Project.newestRestic());
      busy.withRestic(Optional.of(held.program()));
      Changing changing = new Changing(controlPlane.admin(), idle, Project.newestRestic());
      changing.add(idle, controlPlane);
      String busyHost = changing.add(busy, controlPlane);
      changing.old().addKey("somebody's own");

      // it has opened the repository with the old password when it is held
      held.hold("snapshots --json");
      String running = changing.admin.runNow(busyHost, GROUP);
      held.awaitReached("snapshots --json");
      changing.start();

      JsonObject waiting = changing.awaitStep("removing");
      assertThat(waiting.getBoolean("oldPasswordOpens")).isTrue();
      assertThat(waiting.getString("switchedAt")).isNotEmpty();
      changing.awaitWaiting("the backup to repository");
      assertThat(changing.now().opens()).as("the new password").isTrue();
      assertThat(changing.old().opens()).as("the old one, while it is needed").isTrue();
      held.release("snapshots --json");

      changing.assertSucceeded(running);
      JsonObject done = changing.awaitStep("done");
      assertThat(done.getBoolean("oldPasswordOpens")).isFalse();
      changing.assertChanged();
      assertThat(changing.with("somebody's own").opens()).as("a key of somebody else").isTrue();
      assertThat(changing.now().keys()).isEqualTo(2);
      for (AgentHost machine : List.of(busy, idle)) {
        changing.assertBacksUp(machine);
        await("the agent of " + machine.name() + " forgets the old password")
            .atMost(LIMIT)
            .until(() -> !changing.knows(machine, changing.oldPassword));
      }
    }
  }

  @Test
  void whoGivesUpKeepsTheOldPasswordAndTheNewOneOpensNothing(ControlPlane controlPlane) {
    try (AgentHost machine = new AgentHost("rotation-given-up", Project.newestRestic())) {
      HeldRestic held = new HeldRestic(machine.folder(), Project.newestRestic());
      machine.withRestic(Optional.of(held.program()));
      Changing changing = new Changing(controlPlane.admin(), machine, Project.newestRestic());
      changing.add(machine, controlPlane);

      // the key is in the repository, and nobody has said so yet
      held.hold("cat config");
      changing.start();
      held.awaitReached("cat config");
      changing.old().addKey(changing.newPassword);
      assertThat(changing.send("DELETE").expect(202).json().getString("step"))
          .isEqualTo("withdrawing");
      held.release("cat config");

      changing.awaitStep("given-up");
      assertThat(changing.old().opens()).as("the old password").isTrue();
      assertThat(changing.now().opens()).as("the new one").isFalse();
      changing.assertBacksUp(machine);
      assertThat(changing.send("DELETE").expect(409).json().getString("code"))
          .isEqualTo("no-rotation");
    }
  }

  @Test
  void serverThatDeletesNothingKeepsTheOldKeyVisiblyUntilThereAreAdminCredentials(
      ControlPlane controlPlane) {
    Restic restic = Project.newestRestic();
    try (AgentHost machine = new AgentHost("rotation-append", restic)) {
      Path data = machine.newFolder("repositories");
      String everyday = Secrets.random();
      String keeper = Secrets.random();
      Path binary = Project.restServers().get(0);
      try (RestServer taking =
              new RestServer(
                  binary,
                  machine.newFolder("taking"),
                  data,
                  Map.of("web", everyday),
                  Optional.empty(),
                  "--append-only");
          RestServer deleting =
              new RestServer(
                  binary,
                  machine.newFolder("deleting"),
                  data,
                  Map.of("keeper", keeper),
                  Optional.empty())) {
        Changing changing =
            new Changing(
                controlPlane.admin(),
                machine,
                restic,
                taking.url("here"),
                data.resolve("here"),
                Optional.of(everyday));
        changing.add(machine, controlPlane);
        changing.start();

        JsonObject stuck = changing.awaitStuck();
        assertThat(stuck.getString("step")).isEqualTo("removing");
        assertThat(stuck.getBoolean("oldPasswordOpens")).isTrue();
        assertThat(stuck.getString("error")).contains("does not let this user delete");
        assertThat(changing.old().opens()).isTrue();
        changing.assertBacksUp(machine);

        changing
            .admin
            .api()
            .put(
                "/api/v1/repositories/" + changing.id + "/credentials/admin",
                Json.createObjectBuilder()
                    .add("url", deleting.url("here"))
                    .add("username", "keeper")
                    .add("credential", keeper)
                    .build())
            .expect(200);
        changing.send("POST").expect(202);

        changing.awaitStep("done");
        changing.assertChanged();
        changing.assertBacksUp(machine);
      }
    }
  }

  @Test
  void mistakesAreNamedAndNothingBegins(ControlPlane controlPlane) {
    try (AgentHost machine = new AgentHost("rotation-mistaken", Project.newestRestic())) {
      Changing changing = new Changing(controlPlane.admin(), machine, Project.newestRestic());
      changing.add(machine, controlPlane);

      for (String wrong : List.of(changing.oldPassword, "", " blank", "x".repeat(2001))) {
        assertThat(changing.start(wrong).expect(422).json().getString("field"))
            .isEqualTo("password");
      }
      changing.send("GET").expect(404);
      assertThat(changing.send("DELETE").expect(409).json().getString("code"))
          .isEqualTo("no-rotation");

      String unmade = changing.admin.addRepository("rotation-unmade", "/srv/unmade", "secret");
      assertThat(
              changing
                  .admin
                  .api()
                  .post("/api/v1/repositories/" + unmade + "/password-rotation")
                  .expect(409)
                  .json()
                  .getString("code"))
          .isEqualTo("not-initialised");
    }
  }

  @Test
  void jobThatAnAgentBeganWithThePasswordOfBeforeIsDoneAgainOnce(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    Enrolled late = Peer.ready(controlPlane, "rotation-late", GROUP);
    Enrolled other = Enrolled.at(controlPlane, "rotation-other");
    String id =
        admin
            .api()
            .get("/api/v1/repositories?cursor=rotation-latd&limit=1")
            .expect(200)
            .json()
            .getJsonArray("items")
            .getJsonObject(0)
            .getString("id");
    admin.connect(other.host(), id);
    try (Peer behind = late.hello("ack");
        Peer ahead = other.hello("ack", "key")) {
      String backup = admin.runNow(late.host(), GROUP);
      behind.awaitCommand(command -> command.getString("job_id").equals(backup));
      behind.start(backup);
      admin.api().post("/api/v1/repositories/" + id + "/password-rotation").expect(202);
      String added = ahead.awaitCommand(command -> command.getString("kind").equals("key_add"));
      ahead.start(added);
      ahead.finish(added, "succeeded", 0);
      await("the switch")
          .atMost(LIMIT)
          .until(() -> admin.job(added).getString("status").equals("succeeded"));

      behind.finish(backup, "failed", 12, "the repository's password is wrong");
      // it came first
      String removed =
          ahead.awaitCommand(command -> command.getString("kind").equals("key_remove"));
      ahead.start(removed);
      ahead.finish(removed, "succeeded", 0);

      String again =
          behind.awaitCommand(
              command ->
                  command.getString("kind").equals("backup")
                      && !command.getString("job_id").equals(backup));
      assertThat(admin.job(again).getString("firstJobId")).isEqualTo(backup);
      behind.start(again);
      behind.finish(again, "failed", 12, "the repository's password is wrong");
      assertThat(admin.awaitEnd(again, LIMIT).getString("status")).isEqualTo("failed");
      assertThat(admin.attempts(backup)).as("one more, and then a person must look").hasSize(2);
    }
  }

  @Tag("standalone")
  @ParameterizedTest
  @MethodSource("restics")
  void killedServerAndKilledAgentsLeaveAPasswordThatOpens(Restic restic) {
    try (ControlPlane controlPlane = new ControlPlane();
        AgentHost machine = new AgentHost("rotation-killed", restic)) {
      HeldRestic held = new HeldRestic(machine.folder(), restic);
      machine.withRestic(Optional.of(held.program()));
      Changing changing = new Changing(controlPlane.admin(), machine, restic);
      changing.add(machine, controlPlane);

      held.hold("key add");
      changing.start();
      held.awaitReached("key add");
      controlPlane.kill();
      machine.kill();
      held.release("key add");
      machine.start();
      held.hold("key remove");
      controlPlane.start();

      changing.awaitStep("removing");
      held.awaitReached("key remove");
      assertThat(changing.now().opens()).as("the new password").isTrue();
      assertThat(changing.old().opens()).as("the old one").isTrue();
      machine.kill();
      controlPlane.kill();
      controlPlane.start();
      held.release("key remove");
      machine.start();

      changing.awaitStep("done");
      changing.assertChanged();
      assertThat(changing.now().keys()).isEqualTo(1);
      changing.assertBacksUp(machine);
    }
  }

  /** A repository whose password is changed, and its hosts. */
  private static final class Changing {

    private final Admin admin;
    private final Restic restic;
    private final Path folder;
    private final Path source;
    private final String oldPassword = Secrets.random();
    private final String newPassword = Secrets.random() + " 'new\"";
    private final String id;
    private boolean made;

    Changing(Admin admin, AgentHost machine, Restic restic) {
      this(
          admin,
          machine,
          restic,
          machine.folder().resolve("repository").toString(),
          machine.folder().resolve("repository"),
          Optional.empty());
    }

    /**
     * @param folder where it lies, for who asks behind the product's back
     * @param credential of the user {@code web}, if its backend wants one
     */
    Changing(
        Admin admin,
        AgentHost machine,
        Restic restic,
        String url,
        Path folder,
        Optional<String> credential) {
      this.admin = admin;
      this.restic = restic;
      this.folder = folder;
      source = machine.newFolder("source");
      SourceFiles.large(source.resolve("file"), 1, 1);
      JsonObjectBuilder body =
          Json.createObjectBuilder()
              .add("name", machine.name())
              .add("url", url)
              .add("password", oldPassword);
      credential.ifPresent(text -> body.add("username", "web").add("credential", text));
      id =
          admin.api().post("/api/v1/repositories", body.build()).expect(201).json().getString("id");
    }

    String add(AgentHost machine, ControlPlane controlPlane) {
      String host = machine.join(controlPlane);
      admin.connect(host, id);
      if (!made) {
        admin.awaitInit(host);
        made = true;
      }
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      return host;
    }

    Restic.Repository with(String password) {
      return restic.repository(folder, password);
    }

    Restic.Repository old() {
      return with(oldPassword);
    }

    Restic.Repository now() {
      return with(newPassword);
    }

    void start() {
      assertThat(start(newPassword).expect(202).json().getString("step")).isEqualTo("adding");
    }

    Api.Reply start(String password) {
      return admin.api().post(path(), Json.createObjectBuilder().add("password", password).build());
    }

    Api.Reply send(String method) {
      return admin.api().send(method, path(), Optional.empty());
    }

    private String path() {
      return "/api/v1/repositories/" + id + "/password-rotation";
    }

    JsonObject awaitStep(String step) {
      return await("the step " + step)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .ignoreException(UncheckedIOException.class)
          .until(
              () -> send("GET").expect(200).json(), state -> state.getString("step").equals(step));
    }

    JsonObject awaitStuck() {
      return await("a change that is stuck")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> send("GET").expect(200).json(), state -> state.getBoolean("stuck"));
    }

    void awaitWaiting(String words) {
      await("it waits for " + words)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> send("GET").expect(200).json().getString("waitingFor", "").contains(words));
    }

    void assertSucceeded(String job) {
      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
    }

    void assertBacksUp(AgentHost machine) {
      assertSucceeded(admin.runNow(admin.hostNamed(machine.name()).getString("id"), GROUP));
    }

    void assertChanged() {
      assertThat(old().opens()).as("the old password opens the repository").isFalse();
      assertThat(now().opens()).as("the new password opens the repository").isTrue();
      assertThat(now().locks()).isEmpty();
    }

    /** Whether this is anywhere on the disk of a machine's agent. */
    boolean knows(AgentHost machine, String secret) {
      return Processes.files(machine.folder().resolve("agent"), "*").stream()
          .filter(file -> file.toFile().isFile())
          .anyMatch(file -> Program.read(file).contains(secret));
    }
  }
}
