package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Somebody sets the clock of a host back by an hour. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class ClockFaultsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MEBIBYTES = 320;
  private static final int UNREADABLE_FILES = 400;

  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
  }

  @Test
  void backupIsDoneOnceAlthoughTheClockIsSetBackWhileItRuns(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("back", Project.newestRestic()).asTestUser()) {
      SetClock clock = SetClock.of(machine);
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, LongBackup.GROUP);
      admin.awaitProgress(job);

      clock.setBack(HOUR);

      JsonObject ended = backup.assertDoneOnce(admin, job, machine, repository);
      assertThat(ended.getString("finishedAt"))
          .as("the end, which by the host's clock was before the start")
          .isEqualTo(ended.getString("startedAt"));
    }
  }

  @Test
  void agentIsBackInTimeAlthoughTheClockIsSetBackWhileItIsCutOff(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        AgentHost machine = new AgentHost("cut-off", Project.newestRestic()).asTestUser()) {
      SetClock clock = SetClock.of(machine);
      String host = machine.join(controlPlane, wire.url());
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, LongBackup.GROUP);
      admin.awaitProgress(job);

      wire.unplug();
      machine.awaitLog("no connection to ");
      clock.setBack(HOUR);
      // longer than its longest pause: it has begun one since, by the new time
      await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
      clock.setBack(HOUR.multipliedBy(2));
      wire.plugIn();

      backup.assertDoneOnce(admin, job, machine, repository);
    }
  }

  @Test
  void eachMomentOfAScheduleFiresOnceAlthoughTheClockIsSetBackAfterIt(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("twice-noon", Project.newestRestic()).asTestUser()) {
      SetClock clock = SetClock.of(machine);
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      admin.putSchedule(host, "always", "* * * * *", LongBackup.GROUP);
      awaitBackups(admin, host, 1);

      clock.setBack(HOUR);
      await().pollDelay(Duration.ofSeconds(70)).atMost(LIMIT).until(() -> true);
      assertThat(admin.jobs(host)).as("the backup and the init before it").hasSize(2);

      clock.setRight();
      awaitBackups(admin, host, 2);
      assertThat(repository.snapshots()).hasSize(2);
    }
  }

  private static void awaitBackups(Admin admin, String host, int number) {
    await(number + " backups")
        .atMost(LIMIT)
        .until(
            () ->
                admin.jobs(host).stream()
                        .filter(job -> job.getString("kind").equals("backup"))
                        .filter(job -> job.getString("status").equals("succeeded"))
                        .count()
                    == number);
  }
}
