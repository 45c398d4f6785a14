package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a repository small and sound, with the proof from restic itself of what is left. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class MaintenanceTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** The next minute begins within one, and its tick comes within ten seconds. */
  private static final Duration DUE_LIMIT = Duration.ofMinutes(2);

  private static final String GROUP = "data";

  @Test
  void forgetTouchesNobodyElsesSnapshotsInASharedRepository(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost one = new AgentHost("forgetful", Project.newestRestic());
        AgentHost other = new AgentHost("remembering", Project.newestRestic())) {
      Shared shared = new Shared(admin, one);
      String host = shared.add(one, controlPlane);
      String otherHost = shared.add(other, controlPlane);
      shared.days(one.name(), GROUP, 10);
      shared.days(one.name(), "kept-for-ever", 3);
      shared.days(other.name(), GROUP, 10);
      shared.keep(host, "keepDaily", 8);
      shared.backUp(host);
      shared.backUp(otherHost);

      JsonObject preview =
          admin
              .api()
              .post(Admin.sourceGroup(host, GROUP) + "/retention-preview")
              .expect(200)
              .json();
      List<JsonObject> jobs = shared.runNow("forget");

      assertThat(preview.getInt("keptCount")).isEqualTo(8);
      assertThat(preview.getInt("removedCount")).isEqualTo(3);
      assertThat(jobs).singleElement().satisfies(job -> assertOn(host, job));
      assertSucceeded(admin, jobs.get(0));
      assertThat(shared.repository.count(one.name(), GROUP)).isEqualTo(8);
      assertThat(shared.repository.count(one.name(), "kept-for-ever")).isEqualTo(3);
      assertThat(shared.repository.count(other.name(), GROUP)).isEqualTo(11);
      assertThat(admin.snapshots(host)).hasSize(11);
    }
  }

  private static void assertOn(String host, JsonObject job) {
    assertThat(job.getString("hostId")).isEqualTo(host);
  }

  private static void assertSucceeded(Admin admin, JsonObject job) {
    JsonObject end = admin.awaitEnd(job.getString("id"), LIMIT);
    assertThat(end.getString("status")).as("%s", end).isEqualTo("succeeded");
  }

  @Test
  void forgetThatWouldRemoveTooMuchIsRefusedUntilItIsConfirmed(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("guarded", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);
      shared.days(machine.name(), GROUP, 8);
      shared.keep(host, "keepLast", 2);
      shared.backUp(host);

      JsonObject refused = admin.awaitEnd(shared.runNow("forget").get(0).getString("id"), LIMIT);

      assertThat(refused.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(refused)).contains("7 of its 9 snapshots would go", GROUP);
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(9);
      assertThat(shared.maintenance().getJsonObject("forget").getBoolean("refused")).isTrue();

      String version = shared.maintenance().getString("policyVersion");
      shared.keep(host, "keepLast", 3);
      assertThat(shared.run("forget", confirm(version)).expect(409).json().getString("code"))
          .isEqualTo("policies-changed");

      String now = shared.maintenance().getString("policyVersion");
      assertSucceeded(admin, items(shared.run("forget", confirm(now))).get(0));
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(3);

      shared.backUp(host);
      assertSucceeded(admin, shared.runNow("forget").get(0));
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(3);

      shared.keep(host, "keepLast", 5);
      JsonObject retried =
          admin.api().post("/api/v1/jobs/" + refused.getString("id") + "/retry").expect(202).json();
      assertSucceeded(admin, retried);
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(3);
      assertThat(shared.maintenance().getJsonObject("forget").getBoolean("refused")).isFalse();
    }
  }

  private static JsonObject confirm(String version) {
    return Json.createObjectBuilder().add("confirm", version).build();
  }

  @Test
  void snapshotsOfTheFutureDoNotPushOutTheLastBackup(ControlPlane controlPlane) throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("ahead", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);
      shared.days(machine.name(), GROUP, -2);
      shared.keep(host, "keepLast", 2);
      shared.backUp(host);

      JsonObject refused = admin.awaitEnd(shared.runNow("forget").get(0).getString("id"), LIMIT);

      assertThat(Admin.error(refused))
          .contains("its newest snapshot", "look at the clock of the host");
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(3);
    }
  }

  @Tag("slow")
  @Test
  void checkThatIsDueRunsByItselfAndReadsTheNextPartEachTime(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("checked", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);
      shared.backUp(host);
      shared.plan("check", Json.createObjectBuilder().add("percent", 50).add("cron", "* * * * *"));
      assertThat(shared.maintenance().getJsonObject("check").getString("nextPart"))
          .isEqualTo("1/2");

      JsonObject first = shared.awaitJob(host, "check", DUE_LIMIT);
      shared.plan("check", Json.createObjectBuilder().add("enabled", false));

      assertThat(first.getString("queuedBy")).isEqualTo("maintenance plan");
      assertSucceeded(admin, first);
      assertThat(admin.log(first.getString("id")))
          .anyMatch(line -> line.getString("text").contains("reads 1/2 of its data"));
      JsonObject check = shared.maintenance().getJsonObject("check");
      assertThat(check.getString("nextPart")).isEqualTo("2/2");
      assertThat(check).doesNotContainKey("nextAt");

      admin.awaitIdle(host);
      assertSucceeded(admin, shared.runNow("check").get(0));
      assertThat(shared.maintenance().getJsonObject("check").getString("nextPart"))
          .isEqualTo("1/2");
    }
  }

  @Tag("slow")
  @Test
  void pruneFreesWhatAForgetHasLetGoOnceThereAreAdminCredentials(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("pruned", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);
      shared.backUpAnew(host, 1);
      shared.backUpAnew(host, 2);
      shared.keep(host, "keepLast", 1);
      assertSucceeded(admin, shared.runNow("forget").get(0));
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(1);
      admin
          .api()
          .put(
              "/api/v1/repositories/" + shared.id + "/credentials/admin",
              Json.createObjectBuilder().build())
          .expect(200);
      assertThat(shared.maintenance().getJsonObject("prune")).doesNotContainKey("blocked");

      long before = Shared.size(shared.repository.folder());
      shared.plan("prune", Json.createObjectBuilder().add("cron", "* * * * *"));
      JsonObject prune = shared.awaitJob(host, "prune", DUE_LIMIT);
      shared.plan("prune", Json.createObjectBuilder().add("enabled", false));

      assertSucceeded(admin, prune);
      assertThat(before - Shared.size(shared.repository.folder()))
          .as("bytes freed")
          .isGreaterThan(Shared.CONTENT_BYTES / 2);
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(1);
      assertSucceeded(admin, shared.runNow("unlock").get(0));
    }
  }

  @Test
  void pruneWithoutAdminCredentialsIsAVisibleGap(ControlPlane controlPlane) throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("unpruned", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);

      JsonObject prune = shared.maintenance().getJsonObject("prune");

      assertThat(prune.getJsonObject("blocked").getString("code"))
          .isEqualTo("no-admin-credentials");
      assertThat(prune.getString("nextAt")).isNotEmpty();
      for (String operation : List.of("prune", "unlock")) {
        assertThat(shared.run(operation, Json.createObjectBuilder().build()).expect(409).json())
            .containsEntry("code", Json.createValue("no-admin-credentials"));
      }
      assertThat(admin.jobs(host)).extracting(job -> job.getString("kind")).containsOnly("init");
    }
  }

  @Test
  void planReadsAsItWasWrittenAndMistakesAreNamed(ControlPlane controlPlane) throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("planned-care", Project.newestRestic())) {
      Shared shared = new Shared(admin, machine);
      long version = shared.maintenance().getJsonNumber("version").longValue();
      shared.plan(
          "prune",
          Json.createObjectBuilder().add("cron", "30 5 * * 6").add("zone", "Europe/Berlin"));

      JsonObject after = shared.maintenance();
      assertThat(after.getJsonObject("prune").getString("cron")).isEqualTo("30 5 * * 6");
      assertThat(after.getJsonObject("prune").getString("zone")).isEqualTo("Europe/Berlin");
      assertThat(after.getJsonObject("prune").getBoolean("enabled")).isTrue();
      assertThat(after.getJsonObject("forget").getString("cron")).isEqualTo("0 3 * * *");
      assertThat(after.getJsonNumber("version").longValue()).isEqualTo(version + 1);

      String seen = admin.api().get(shared.path()).expect(200).header("ETag");
      assertThat(shared.pruneAt("0 1 * * *", seen)).isEqualTo(200);
      assertThat(shared.pruneAt("0 2 * * *", seen))
          .as("an edit of a state of before")
          .isEqualTo(412);

      assertThat(shared.mistake("check", "cron", Json.createValue("0 5 31 2 *")))
          .isEqualTo("check.cron");
      assertThat(shared.mistake("check", "zone", Json.createValue("Mars/Olympus")))
          .isEqualTo("check.zone");
      assertThat(shared.mistake("check", "percent", Json.createValue(101)))
          .isEqualTo("check.percent");
      assertThat(shared.mistake("forget", "sharePercent", Json.createValue(0)))
          .isEqualTo("forget.sharePercent");
    }
  }

  @Test
  @Tag("standalone")
  @Tag("slow")
  void whatWasQueuedWhenTheServerWasKilledRunsOnce() throws IOException {
    try (ControlPlane controlPlane = new ControlPlane();
        AgentHost machine = new AgentHost("killed-at-care", Project.newestRestic())) {
      Admin admin = controlPlane.admin();
      Shared shared = new Shared(admin, machine);
      String host = shared.add(machine, controlPlane);
      shared.days(machine.name(), GROUP, 3);
      shared.keep(host, "keepLast", 3);
      shared.backUp(host);
      machine.stop();
      shared.plan("forget", Json.createObjectBuilder().add("cron", "* * * * *"));

      JsonObject queued = shared.awaitJob(host, "forget", DUE_LIMIT);
      controlPlane.kill();
      controlPlane.start();
      shared.plan("forget", Json.createObjectBuilder().add("enabled", false));
      machine.start();

      assertSucceeded(admin, queued);
      assertThat(admin.jobs(host).stream().map(job -> job.getString("kind")))
          .filteredOn("forget"::equals)
          .hasSize(1);
      assertThat(shared.repository.count(machine.name(), GROUP)).isEqualTo(3);
    }
  }

  private static List<JsonObject> items(Api.Reply reply) {
    return reply.expect(202).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  /** A repository and the hosts that back up to it. */
  private static final class Shared {

    private static final int CONTENT_BYTES = 1 << 20;

    private final Admin admin;
    private final Path source;
    private final Restic.Repository repository;
    private final String id;
    private boolean made;

    Shared(Admin admin, AgentHost machine) throws IOException {
      this.admin = admin;
      source = machine.newFolder("source");
      Files.writeString(source.resolve("file"), "content");
      Path folder = machine.folder().resolve("repository");
      String password = Secrets.random();
      repository = Project.newestRestic().repository(folder, password);
      id = admin.addRepository(machine.name() + " and others", folder.toString(), password);
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

    /** One a day, of so many days before today; after today if there are fewer than none. */
    void days(String host, String tag, int count) {
      LocalDateTime noon =
          LocalDateTime.now(ZoneOffset.UTC).withHour(12).withMinute(0).withSecond(0);
      for (int day = 1; day <= Math.abs(count); day++) {
        repository.backUp(source, host, tag, noon.minusDays(day * (long) Integer.signum(count)));
      }
    }

    void keep(String host, String rule, int count) {
      admin.putSourceGroup(
          host,
          GROUP,
          Admin.covering(List.of(source.toString()))
              .add("retention", Json.createObjectBuilder().add(rule, count))
              .build());
    }

    void backUp(String host) {
      assertThat(admin.awaitEnd(admin.runNow(host, GROUP), LIMIT).getString("status"))
          .isEqualTo("succeeded");
    }

    /** What was backed up before is no longer among the files. */
    void backUpAnew(String host, int seed) throws IOException {
      byte[] content = new byte[CONTENT_BYTES];
      new Random(seed).nextBytes(content);
      Files.write(source.resolve("file"), content);
      backUp(host);
    }

    static long size(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }

    private String path() {
      return "/api/v1/repositories/" + id + "/maintenance";
    }

    JsonObject maintenance() {
      return admin.api().get(path()).expect(200).json();
    }

    void plan(String operation, JsonObjectBuilder change) {
      admin
          .api()
          .put(path(), Json.createObjectBuilder().add(operation, change).build())
          .expect(200);
    }

    /** The status of the answer to who has seen this state. */
    int pruneAt(String cron, String seen) {
      JsonObject change =
          Json.createObjectBuilder()
              .add("prune", Json.createObjectBuilder().add("cron", cron))
              .build();
      return admin
          .api()
          .send("PUT", path(), Optional.of(change.toString()), Map.of("If-Match", seen))
          .status();
    }

    /** The field that is to blame for a change that is refused. */
    String mistake(String operation, String field, JsonValue value) {
      JsonObject change =
          Json.createObjectBuilder()
              .add(operation, Json.createObjectBuilder().add(field, value))
              .build();
      return admin.api().put(path(), change).expect(422).json().getString("field");
    }

    Api.Reply run(String operation, JsonObject body) {
      return admin.api().post(path() + "/" + operation + "/runs", body);
    }

    List<JsonObject> runNow(String operation) {
      return items(admin.api().post(path() + "/" + operation + "/runs"));
    }

    JsonObject awaitJob(String host, String kind, Duration limit) {
      return await("a " + kind + " of host " + host)
          .atMost(limit)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () ->
                  admin.jobs(host).stream()
                      .filter(job -> job.getString("kind").equals(kind))
                      .toList(),
              jobs -> !jobs.isEmpty())
          .get(0);
    }
  }
}
