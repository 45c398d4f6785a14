package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is backed up, and what runs around it. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class SourceGroupTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String GROUP = "shop";

  static List<Restic> everyRestic() {
    return Project.restics();
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void everyVersionLeavesOutWhatIsToBeLeftOut(Restic restic, ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("leaving-out-" + restic.version(), restic)) {
      String host = machine.join(controlPlane);
      String password = Secrets.random();
      Path repository = machine.folder().resolve("repository");
      admin.connect(host, admin.addRepository(machine.name(), repository.toString(), password));
      Path source = machine.newFolder("source");
      file(source, "kept/file");
      file(source, "skipped.tmp");
      file(source, "cache/file");
      Files.writeString(
          source.resolve("cache/CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
      file(source, "marked/file");
      file(source, "marked/.nobackup");
      admin.putSourceGroup(
          host,
          GROUP,
          Admin.covering(List.of(source.toString()))
              .add("excludes", array("*.tmp"))
              .add("excludeCaches", true)
              .add("excludeIfPresent", array(".nobackup"))
              .add("oneFileSystem", true)
              .build());

      JsonObject end = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertThat(end.getString("status")).as("%s", end).isEqualTo("succeeded");
      assertThat(restic.repository(repository, password).paths(end.getString("snapshotId")))
          .contains(source.resolve("kept/file").toString())
          .noneMatch(path -> path.endsWith(".tmp"))
          .doesNotContain(
              source.resolve("cache/file").toString(), source.resolve("marked/file").toString());
    }
  }

  @Test
  void hooksRunAroundTheBackupAndABackupBelowTheFloorFails(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("hooked", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      Path repository = machine.folder().resolve("repository");
      admin.connect(
          host, admin.addRepository(machine.name(), repository.toString(), Secrets.random()));
      Path source = machine.newFolder("source");
      Path trace = machine.folder().resolve("trace");
      JsonObject plan =
          Admin.covering(List.of(source.toString()))
              .add("preHook", "echo dump >'" + source.resolve("dump.sql") + "'; echo dumped")
              .add("postHook", "echo \"$RM_JOB_STATUS\" >>'" + trace + "'")
              .add("hookTimeoutSeconds", 60)
              .build();
      admin.putSourceGroup(host, GROUP, plan);

      String first = admin.runNow(host, GROUP);
      assertThat(admin.awaitEnd(first, LIMIT).getString("status")).isEqualTo("succeeded");
      assertThat(admin.log(first)).anyMatch(line -> line.getString("text").equals("dumped"));
      assertThat(trace).hasContent("succeeded");

      admin.putSourceGroup(
          host, GROUP, Json.createObjectBuilder(plan).add("floorBytes", 1_000_000).build());
      JsonObject tooSmall = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertThat(tooSmall.getString("status")).isEqualTo("failed");
      assertThat(Admin.error(tooSmall)).contains("the source group's floor is 1000000");
      assertThat(tooSmall.getString("snapshotId")).isNotEmpty();
    }
  }

  @Test
  void planReadsAsItWasWritten(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("with-a-plan", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      JsonObject plan =
          Admin.covering(List.of("/srv"))
              .add("excludes", array("*.tmp"))
              .add("excludeCaches", true)
              .add("excludeIfPresent", array(".nobackup", "CACHE:Sig"))
              .add("oneFileSystem", true)
              .add(
                  "retention",
                  Json.createObjectBuilder()
                      .add("keepLast", 3)
                      .add("keepDaily", 7)
                      .add("keepWithin", "1m2d")
                      .add("keepTag", array("forever")))
              .add("retryMax", 1)
              .add("retryBackoffSeconds", 60)
              .add("preHook", "true")
              .add("postHook", "")
              .add("hookTimeoutSeconds", 5)
              .add("floorBytes", 17)
              .build();

      admin.putSourceGroup(host, GROUP, plan);

      JsonObject read = admin.api().get(Admin.sourceGroup(host, GROUP)).expect(200).json();
      assertThat(Json.createObjectBuilder(read).remove("name").build()).isEqualTo(plan);
    }
  }

  @Test
  void whatASchedulesNeedsIsNotRemovedAndAJobWithoutItsGroupFails(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("without-group", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      admin.connect(
          host,
          admin.addRepository(
              machine.name(), machine.folder().resolve("repository").toString(), "pass"));
      admin.awaitInit(host);
      admin.putSourceGroup(host, GROUP, List.of(machine.newFolder("source").toString()));
      String schedule = "/api/v1/hosts/" + host + "/schedules/nightly";
      admin
          .api()
          .put(
              schedule,
              Json.createObjectBuilder()
                  .add("cron", "0 3 * * *")
                  .add("sourceGroups", array(GROUP))
                  .build())
          .expect(200);
      assertThat(remove(admin, host).expect(409).json().getString("detail")).contains("nightly");
      admin.api().send("DELETE", schedule, Optional.empty()).expect(204);

      machine.stop();
      String waiting = admin.runNow(host, GROUP);
      remove(admin, host).expect(204);
      remove(admin, host).expect(404);
      machine.start();

      assertThat(Admin.error(admin.awaitEnd(waiting, LIMIT)))
          .contains("Its source group was removed");
    }
  }

  private static Api.Reply remove(Admin admin, String host) {
    return admin.api().send("DELETE", Admin.sourceGroup(host, GROUP), Optional.empty());
  }

  private static void file(Path source, String name) throws IOException {
    Path file = source.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  private static JsonArrayBuilder array(String... texts) {
    return Json.createArrayBuilder(List.of(texts));
  }
}
