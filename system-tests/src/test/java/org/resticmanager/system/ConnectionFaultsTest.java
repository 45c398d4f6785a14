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
    backup.assertDoneOnceInSpiteOf(
        Wire.RESET, moment, controlPlane, "reset-" + moment.ordinal(), wire -> {});
  }
}
