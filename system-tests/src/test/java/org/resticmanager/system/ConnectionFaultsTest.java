package org.resticmanager.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup does not care what becomes of its agent's connection, at whichever word it breaks. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class ConnectionFaultsTest {

  private static final int MEBIBYTES = 96;
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

  @ParameterizedTest
  @EnumSource
  void backupIsDoneOnceAlthoughTheConnectionIsReset(Moment moment, ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        AgentHost machine =
            new AgentHost("reset-" + moment.ordinal(), Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane, wire.url());
      Restic.Repository repository = backup.prepare(admin, host, machine);
      Wire.Trap trap = wire.before(moment.frame(), Wire.RESET);

      String job = admin.runNow(host, LongBackup.GROUP);
      trap.await();

      backup.assertDoneOnce(admin, job, machine, repository);
    }
  }
}
