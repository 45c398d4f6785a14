package org.resticmanager.web.ui;

import java.time.Instant;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** A job of which a test says what matters to it. */
record SomeJob(
    JobKind kind,
    JobStatus status,
    Instant startedAt,
    Integer exitCode,
    String error,
    JobDetails.Progress progress) {

  static final HostId HOST = new HostId(new UUID(0, 7));
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  SomeJob(JobKind kind) {
    this(kind, JobStatus.QUEUED, null, null, null, null);
  }

  SomeJob started() {
    return new SomeJob(kind, JobStatus.RUNNING, NOW, exitCode, error, progress);
  }

  SomeJob status(JobStatus other) {
    return new SomeJob(kind, other, startedAt, exitCode, error, progress);
  }

  SomeJob done(double fraction) {
    return new SomeJob(
        kind,
        status,
        startedAt,
        exitCode,
        error,
        new JobDetails.Progress(fraction, 1, 2, 1, 2, 0, 0, null));
  }

  SomeJob ended(JobStatus end, int code, String reason) {
    return new SomeJob(kind, end, NOW, code, reason, progress);
  }

  JobDetails details() {
    JobId id = new JobId(new UUID(0, 1));
    return new JobDetails(
        id,
        HOST,
        kind,
        status,
        "web shop",
        NOW,
        "ada",
        startedAt,
        null,
        null,
        null,
        null,
        id,
        1,
        null,
        null,
        false,
        exitCode,
        error,
        null,
        progress);
  }
}
