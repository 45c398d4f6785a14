package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server and agent may be stopped or killed at any moment. */
@ExtendWith(FailureReport.class)
class NothingLostTest {

  private static final String GROUP = LongBackup.GROUP;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MEBIBYTES = 480;
  private static final int UNREADABLE_FILES = 2000;

  private static ControlPlane controlPlane;
  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    controlPlane = new ControlPlane();
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
    controlPlane.close();
  }

  @Test
  @Tag("standalone")
  void backupGoesOnWhileTheServerIsKilledAndStartedAgain() {
    assertBackupSurvives("server-killed", ControlPlane::kill);
  }

  @Test
  @Tag("standalone")
  @Tag("slow")
  void backupGoesOnWhileTheServerAndItsDatabaseAreKilledAndStartedAgain() {
    assertBackupSurvives("all-killed", ControlPlane::killEverything);
  }

  /** Within the time that service managers allow, and with nothing left running. */
  @Test
  @Tag("slow")
  void backupGoesOnAndAQueuedOneWaitsWhileTheServerIsStoppedAndStartedAgain() {
    Admin admin = controlPlane.admin();
    try (AgentHost late = new AgentHost("late", Project.newestRestic()).asTestUser()) {
      String host = late.join(controlPlane);
      backup.prepare(admin, host, late);
      late.stop();
      String waiting = admin.runNow(host, GROUP);

      assertBackupSurvives("server-stopped", ControlPlane::stop);

      assertThat(admin.job(waiting).getString("status")).isEqualTo("queued");
      late.start();
      JsonObject ended = admin.awaitEnd(waiting, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
    }
  }

  private static void assertBackupSurvives(String name, Consumer<ControlPlane> end) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost(name, Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);
      assertThat(admin.job(job).getString("status")).isEqualTo("running");

      end.accept(controlPlane);
      controlPlane.start();

      backup.assertDoneOnce(admin, job, machine, repository);
    }
  }

  @Test
  void backupGoesOnWhileItsAgentIsKilledAndStartedAgain() {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("agent-killed", Project.newestRestic()).asTestUser();
        Browser browser = new Browser(controlPlane)) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);

      machine.kill();
      assertThat(machine.processes()).as("restic goes on without the agent").isNotEmpty();
      assertThat(admin.job(job).getString("status")).isEqualTo("running");
      machine.start();

      JsonObject ended = backup.assertDoneOnce(admin, job, machine, repository);
      assertThat(machine.log()).contains("job " + job + ": backup taken up again");
      browser.signIn();
      browser.openJob(job);
      assertThat(browser.text("#job-status")).isEqualTo("Succeeded, with warnings");
      assertThat(browser.text("#job-snapshot")).isEqualTo(ended.getString("snapshotId"));
    }
  }

  @Test
  void jobOfAnAgentThatWasStoppedEndsWithItsReasonAndLeavesNoLock() {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("agent-stopped", Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);

      machine.stop();

      assertThat(machine.processes()).isEmpty();
      assertThat(repository.locks()).isEmpty();
      machine.start();
      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isIn("failed", "cancelled");
      assertThat(Admin.error(ended)).contains("agent was stopped");
    }
  }
}
