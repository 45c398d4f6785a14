package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;

class JobTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final JsonObject SUMMARY =
      Json.createObjectBuilder()
          .add("message_type", "summary")
          .add("total_files_processed", 42)
          .add("total_bytes_processed", 60_117_025_000L)
          .add("snapshot_id", "20b310f2")
          .build();

  private final Job job =
      new Job(new HostId(Ids.next()), new RepositoryId(Ids.next()), JobKind.BACKUP, "me", NOW);

  @Test
  void backupThatSucceededIsWhollyDoneWhateverItsLastProgressWas() {
    job.started(NOW);
    job.progressed(new JobProgress("x", 0.5, 20, 42, 30, 60, 2, 1000));

    job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW);

    assertThat(job.details().progress())
        .isEqualTo(new JobDetails.Progress(1.0, 42, 42, 60_117_025_000L, 60_117_025_000L, 0, 1000));
  }

  @Test
  void backupTooQuickForAnyProgressIsWhollyDone() {
    job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW);

    assertThat(job.details().progress().percentDone()).isEqualTo(1.0);
    assertThat(job.details().progress().filesDone()).isEqualTo(42);
  }

  @Test
  void backupThatFailedStaysAsFarAsItGot() {
    job.progressed(new JobProgress("x", 0.5, 20, 42, 30, 60, 2, 1000));

    job.finished(finished(JobStatus.FAILED, SUMMARY), NOW);

    assertThat(job.details().progress().percentDone()).isEqualTo(0.5);
  }

  @Test
  void jobWithoutSummaryHasNoProgress() {
    job.finished(finished(JobStatus.SUCCEEDED, null), NOW);

    assertThat(job.details().progress()).isNull();
  }

  @Test
  void onlyTheFirstEndCounts() {
    assertThat(job.finished(finished(JobStatus.FAILED, null), NOW)).isTrue();
    assertThat(job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW)).isFalse();

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.details().snapshotId()).isNull();
  }

  private static JobFinished finished(JobStatus status, JsonObject stats) {
    return new JobFinished("x", status, 0, NOW, stats, "");
  }
}
