package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The disk on which an agent keeps what it has to say is full. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class DiskFaultsTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration FULL_FOR = Duration.ofSeconds(20);
  private static final String STUCK_AFTER_SECONDS = "30";
  private static final int DISK_MEBIBYTES = 8;
  private static final int MEBIBYTES = 480;
  private static final int UNREADABLE_FILES = 2000;

  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
  }

  private static AgentHost agent(Restic restic) {
    return new AgentHost("full-" + restic.version(), restic)
        .withEnvironment("RESTIC_MANAGER_AGENT_STUCK_AFTER_SECONDS", STUCK_AFTER_SECONDS)
        .asTestUser();
  }

  static List<Restic> restics() {
    return Project.restics();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void backupWhileTheDiskIsFullEndsAsItsResticDoesAndNoHarmIsLeft(
      Restic restic, ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = agent(restic);
        SmallDisk disk = new SmallDisk(machine.folder().resolve("agent"), DISK_MEBIBYTES)) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, LongBackup.GROUP);
      admin.awaitProgress(job);

      disk.fill();
      Instant full = Instant.now();
      await("the end, or a while of which restic makes what it can")
          .atMost(FULL_FOR.plusSeconds(10))
          .until(() -> Admin.ended(admin.job(job)) || full.plus(FULL_FOR).isBefore(Instant.now()));
      disk.free();

      JsonObject ended = admin.awaitEnd(job, LIMIT);
      FirstBackupTest.assertLogIsComplete(admin.log(job));
      assertThat(
              admin.log(job).stream().anyMatch(line -> line.getString("text").contains(" kept,")))
          .as("the log says that lines are missing")
          .isEqualTo(machine.log().contains("lines of its log are not kept"));
      int saved = repository.snapshots().size();
      if (saved == 0) {
        // this restic gives up when it finds no room for its cache, or stands still for ever
        assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("failed");
        assertThat(Admin.error(ended))
            .containsAnyOf("no space left", "stood still")
            .doesNotContain("rights");
      } else {
        assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.getInt("exitCode")).isEqualTo(3);
      }

      disk.fill();
      JsonObject refused = admin.awaitEnd(admin.runNow(host, LongBackup.GROUP), LIMIT);
      assertThat(refused.getString("status")).as(refused.toString()).isEqualTo("failed");
      assertThat(Admin.error(refused)).contains("cannot store the job", "No space left");

      disk.free();
      JsonObject next = admin.awaitEnd(admin.runNow(host, LongBackup.GROUP), LIMIT);
      assertThat(next.getString("status")).as(next.toString()).isEqualTo("succeeded");
      backup.assertLogIsComplete(admin.log(next.getString("id")));
      assertThat(repository.snapshots()).hasSize(saved + 1);
      assertThat(repository.locks()).isEmpty();
    }
  }
}
