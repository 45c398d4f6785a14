package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobStatus;

class BackupFloorTest {

  @Test
  void aBackupBelowTheFloorHasFailedAndKeepsWhatItSaid() {
    JobFinished end = end(999, "2 files could not be read");

    JobFinished judged = BackupFloor.judge(end, 1000);

    assertThat(judged.status()).isEqualTo(JobStatus.FAILED);
    assertThat(judged.error())
        .contains("999 bytes", "floor is 1000")
        .endsWith("2 files could not be read");
    assertThat(judged.stats()).isEqualTo(end.stats());
  }

  @Test
  void aBackupAtTheFloorIsWell() {
    assertThat(BackupFloor.judge(end(1000, ""), 1000)).isEqualTo(end(1000, ""));
    assertThat(BackupFloor.judge(end(0, ""), 0)).isEqualTo(end(0, ""));
  }

  @Test
  void whatDoesNotSayItsSizeIsNotJudged() {
    JobFinished silent =
        new JobFinished("j", JobStatus.SUCCEEDED, 0, Instant.EPOCH, null, "summary lost");

    assertThat(BackupFloor.judge(silent, 1000)).isEqualTo(silent);
  }

  private static JobFinished end(long bytes, String error) {
    JsonObject stats = Json.createObjectBuilder().add("total_bytes_processed", bytes).build();
    return new JobFinished("j", JobStatus.SUCCEEDED, 0, Instant.EPOCH, stats, error);
  }
}
