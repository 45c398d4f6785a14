package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.RetryRule;

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
        .isEqualTo(
            new JobDetails.Progress(1.0, 42, 42, 60_117_025_000L, 60_117_025_000L, 0, 1000, null));
  }

  @Test
  void backupTooQuickForAnyProgressIsWhollyDone() {
    job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW);

    assertThat(job.details().progress().percentDone()).isEqualTo(1.0);
    assertThat(job.details().progress().filesDone()).isEqualTo(42);
  }

  @Test
  void itIsKnownWhichAttemptIsTheLastIfItIsTriedAgain() {
    RetryRule twice = new RetryRule(2, 60);
    assertThat(job.lastAttempt(twice)).isEmpty();

    job.retryIfItFails();
    Job second = job.again(job.repository(), "me", NOW);
    second.afterFailures(1, NOW);
    Job third = second.again(job.repository(), "me", NOW);
    third.afterFailures(2, NOW);

    assertThat(List.of(job, second, third))
        .extracting(attempt -> attempt.lastAttempt(twice))
        .containsOnly(Optional.of(3));
    assertThat(third.lastAttempt(new RetryRule(1, 60))).as("the rule was changed").isEmpty();
    third.hurry();
    assertThat(third.lastAttempt(twice)).as("a person gives it attempts anew").hasValue(5);
  }

  @Test
  void backupThatFailedStaysAsFarAsItGot() {
    job.progressed(new JobProgress("x", 0.5, 20, 42, 30, 60, 2, 1000));

    job.finished(finished(JobStatus.FAILED, SUMMARY), NOW);

    assertThat(job.details().progress().percentDone()).isEqualTo(0.5);
  }

  @Test
  void currentFileIsKnownWhileTheJobRuns() {
    reading("/srv/a\0b");
    assertThat(job.details().progress().currentFile()).isEqualTo("/srv/a\uFFFDb");
    reading("/" + "x".repeat(4096));
    assertThat(job.details().progress().currentFile()).as("too long to be shown").isNull();
    reading("/srv/c");

    job.finished(finished(JobStatus.FAILED, SUMMARY), NOW);

    assertThat(job.details().progress().currentFile()).isNull();
  }

  private void reading(String path) {
    job.progressed(new JobProgress("x", 0.5, 20, 42, 30, 60, 2, 1000, path));
  }

  @Test
  void jobWithoutSummaryHasNoProgress() {
    job.finished(finished(JobStatus.SUCCEEDED, null), NOW);

    assertThat(job.details().progress()).isNull();
  }

  @Test
  void jobDoesNotEndBeforeItStartedWhateverTheClockOfItsHostSays() {
    job.started(NOW);

    job.finished(finished(JobStatus.SUCCEEDED, null), NOW.minusSeconds(3600));

    assertThat(job.details().finishedAt()).isEqualTo(NOW);
  }

  /** Lists of jobs are read whole, and an agent may be anybody's. */
  @Test
  void errorThatIsLongerThanAnybodyReadsIsKeptInPart() {
    job.finished(failed("x".repeat(3998) + "\uD83D\uDE00" + "x".repeat(1 << 20)), NOW);

    assertThat(job.details().error()).isEqualTo("x".repeat(3998) + "…");
  }

  @Test
  void errorOfThatLengthIsKeptWhole() {
    String error = "x".repeat(4000);

    job.finished(failed(error), NOW);

    assertThat(job.details().error()).isEqualTo(error);
  }

  @Test
  void reasonOfOursThatNamesSomethingLongIsKeptInPart() {
    job.failed("x".repeat(1 << 20), NOW);

    assertThat(job.details().error()).hasSize(4000);
  }

  @Test
  void whatIsNoNameOfASnapshotIsNone() {
    JsonObject summary = Json.createObjectBuilder().add("snapshot_id", "x".repeat(1000)).build();

    job.finished(finished(JobStatus.FAILED, summary), NOW);

    assertThat(job.details().snapshotId()).isNull();
  }

  private static JobFinished failed(String error) {
    return new JobFinished("x", JobStatus.FAILED, 1, NOW, null, error);
  }

  @Test
  void onlyTheFirstEndCounts() {
    assertThat(job.finished(finished(JobStatus.FAILED, null), NOW)).isTrue();
    assertThat(job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW)).isFalse();

    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.details().snapshotId()).isNull();
  }

  @Test
  void jobThatNoAgentHasIsCancelledAtOnce() {
    assertThat(job.cancel("me", NOW)).as("an agent must be told").isFalse();

    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.details().cancelRequestedBy()).isEqualTo("me");
    assertThat(job.details().finishedAt()).isEqualTo(NOW);
  }

  @Test
  void jobWithItsAgentGoesOnUntilTheAgentEndsIt() {
    job.dispatched(NOW);
    job.started(NOW);

    assertThat(job.cancel("me", NOW)).as("an agent must be told").isTrue();
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(job.details().cancelling()).isTrue();

    job.finished(finished(JobStatus.CANCELLED, null), NOW);
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void firstEndCountsAndTheFirstWhoWantsIt() {
    job.dispatched(NOW);
    job.cancel("first", NOW);
    job.cancel("second", NOW.plusSeconds(1));
    job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW);
    job.cancel("third", NOW);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.details().cancelRequestedBy()).isEqualTo("first");
    assertThat(job.details().cancelRequestedAt()).isEqualTo(NOW);
  }

  @Test
  void jobThatTheAgentNeverGotIsNotSentAgainOnceItIsCancelled() {
    job.dispatched(NOW);
    job.cancel("me", NOW);

    assertThat(job.returned(NOW)).as("it has ended").isTrue();
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    // the agent did get it: it must be told
    assertThat(job.cancelUnheard()).isTrue();
  }

  @Test
  void endOfAJobThatWasTakenForLostCountsAndTheRecordSaysSo() {
    job.started(NOW);
    job.lost("host lost", NOW);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.details().foundAgain()).isFalse();

    assertThat(job.finished(finished(JobStatus.SUCCEEDED, SUMMARY), NOW.plusSeconds(9))).isTrue();

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.details().error()).isNull();
    assertThat(job.details().lostAt()).isEqualTo(NOW);
    assertThat(job.details().foundAgain()).isTrue();
    assertThat(job.finished(finished(JobStatus.FAILED, null), NOW)).as("a second end").isFalse();
  }

  // --- attempts ---

  @Test
  void failureIsWorthRetryingOnlyIfItIsWantedAndMayGetBetter() {
    assertThat(ended(1, true).worthRetrying()).isTrue();
    assertThat(ended(1, false).worthRetrying()).as("nobody wants it").isFalse();
    assertThat(ended(10, true).worthRetrying()).as("no repository").isFalse();
    assertThat(ended(11, true).worthRetrying()).as("locked: waited for instead").isFalse();
    assertThat(ended(12, true).worthRetrying()).as("wrong password").isFalse();
  }

  @Test
  void whatSomebodyWantedEndedIsNotTriedAgain() {
    job.retryIfItFails();
    job.dispatched(NOW);
    job.cancel("me", NOW);
    job.finished(new JobFinished("x", JobStatus.FAILED, 11, NOW, null, ""), NOW);

    assertThat(job.worthRetrying()).isFalse();
    assertThat(job.locked()).isFalse();
  }

  @Test
  void attemptsKnowTheirFirstAndTheirNumber() {
    Job second = job.again(job.repository(), "me", NOW);
    Job third = second.again(job.repository(), "me", NOW);

    assertThat(job.first()).isEqualTo(job.id());
    assertThat(third.first()).isEqualTo(job.id());
    assertThat(third.details().attempt()).isEqualTo(3);
    assertThat(third.status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void lockDoesNotCountAsFailureAndSaysForWhomItWaits() {
    job.finished(
        new JobFinished(
            "x",
            JobStatus.FAILED,
            11,
            NOW,
            null,
            "the repository is locked by PID 17 on nas by root; wait for it to end, or unlock"),
        NOW);
    assertThat(job.locked()).isTrue();
    job.waitsForLock();
    Job next = job.again(job.repository(), "me", NOW);
    next.afterLock(job, LockWait.holder(job.error()), NOW.plusSeconds(30), NOW.plusSeconds(90));

    assertThat(job.details().metLock()).isTrue();
    assertThat(next.failures()).isZero();
    assertThat(next.details().waitingFor()).isEqualTo("the lock held by PID 17 on nas by root");
    next.dispatched(NOW);
    assertThat(next.details().waitingFor()).isNull();
  }

  @Test
  void pausesForALockDoubleUpToFiveMinutes() {
    assertThat(IntStream.of(1, 2, 4, 5, 1000).mapToObj(waits -> LockWait.pause(waits).toSeconds()))
        .containsExactly(30L, 60L, 240L, 300L, 300L);
    assertThat(LockWait.holder("something else")).isEqualTo("the lock held by another restic");
  }

  private static Job ended(int exitCode, boolean retry) {
    Job job =
        new Job(new HostId(Ids.next()), new RepositoryId(Ids.next()), JobKind.BACKUP, "me", NOW);
    if (retry) {
      job.retryIfItFails();
    }
    job.finished(new JobFinished("x", JobStatus.FAILED, exitCode, NOW, null, ""), NOW);
    return job;
  }

  private static JobFinished finished(JobStatus status, JsonObject stats) {
    return new JobFinished("x", status, 0, NOW, stats, "");
  }
}
