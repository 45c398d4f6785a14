package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What befalls the machine on which restic runs. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class HostFaultsTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int MEBIBYTES = 480;
  private static final int UNREADABLE_FILES = 200;

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
  void backupThatDiedWithItsHostFailsForThatReasonAndTheNextOneWorks(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        AgentHost machine = new AgentHost("rebooted", Project.newestRestic()).asTestUser();
        Browser browser = new Browser(controlPlane)) {
      String host = machine.join(controlPlane, wire.url());
      Restic.Repository repository = backup.prepare(admin, host, machine);
      Instant firstBoot = Instant.parse(admin.host(host).getString("bootTime"));
      Wire.Trap trap = wire.before(Moment.PROGRESS.frame(), link -> machine.losePower());

      String job = admin.runNow(host, LongBackup.GROUP);
      trap.await();
      assertThat(repository.locks()).as("what the dead restic has left").isNotEmpty();
      machine.startAnew();

      JsonObject failed = admin.awaitEnd(job, LIMIT);
      assertThat(failed.getString("status")).as(failed.toString()).isEqualTo("failed");
      assertThat(Admin.error(failed)).contains("the host was restarted while restic ran");
      FirstBackupTest.assertLogIsComplete(admin.log(job));
      assertThat(repository.snapshots()).isEmpty();
      assertThat(repository.locks()).isEmpty();
      assertThat(Instant.parse(admin.host(host).getString("bootTime"))).isAfter(firstBoot);
      browser.signIn();
      browser.openJob(job);
      assertThat(browser.text("#job-status")).isEqualTo("Failed");
      assertThat(browser.text("#job-error")).contains("the host was restarted while restic ran");

      JsonObject next = admin.awaitEnd(admin.runNow(host, LongBackup.GROUP), LIMIT);
      assertThat(next.getString("status")).as(next.toString()).isEqualTo("succeeded");
      assertThat(repository.snapshots()).hasSize(1);
      assertThat(admin.jobs(host))
          .extracting(each -> each.getString("kind") + " " + each.getString("status"))
          .containsExactly("backup succeeded", "backup failed", "init succeeded");
    }
  }
}
