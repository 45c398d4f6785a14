package org.resticmanager.trace;

import java.time.Instant;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** A backup of a source group that has ended. */
final class EndedJob {

  private final JobId id = new JobId(Ids.next());
  private final JobStatus status;
  private JobId first = id;
  private int attempt = 1;
  private Instant queuedAt = Instant.EPOCH;
  private Instant startedAt = Instant.EPOCH;
  private Instant finishedAt = Instant.EPOCH;
  private Integer exitCode;
  private String error;

  private EndedJob(JobStatus status) {
    this.status = status;
  }

  static EndedJob of(JobStatus status) {
    return new EndedJob(status);
  }

  EndedJob at(Instant queued, Instant started, Instant finished) {
    queuedAt = queued;
    startedAt = started;
    finishedAt = finished;
    return this;
  }

  EndedJob attemptAfter(JobDetails job) {
    first = job.first();
    attempt = job.attempt() + 1;
    return this;
  }

  EndedJob because(int code, String words) {
    exitCode = code;
    error = words;
    return this;
  }

  JobDetails details() {
    return new JobDetails(
        id,
        new HostId(Ids.next()),
        JobKind.BACKUP,
        status,
        "files",
        queuedAt,
        "somebody",
        startedAt,
        finishedAt,
        null,
        null,
        null,
        first,
        attempt,
        null,
        null,
        false,
        exitCode,
        error,
        null,
        null);
  }
}
