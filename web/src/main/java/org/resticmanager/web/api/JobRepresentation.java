package org.resticmanager.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.resticmanager.job.JobDetails;

/**
 * A job. What does not apply yet is absent.
 *
 * @param id the job
 * @param hostId where it runs
 * @param kind {@code backup} or {@code init}
 * @param status {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code
 *     cancelled}
 * @param flagged it succeeded, but something needs a look: {@code error} says what
 * @param sourceGroup the source group that it backs up
 * @param queuedAt when it was asked for
 * @param queuedBy by whom
 * @param startedAt when restic was started
 * @param finishedAt when it ended
 * @param cancelRequestedAt when somebody wanted it ended
 * @param cancelRequestedBy who that was
 * @param lostAt when it was taken for lost because its host was not heard of
 * @param firstJobId the first attempt of the same; the job itself if it is that
 * @param attempt which one it is, from 1
 * @param notBefore it is not sent to its host before
 * @param waitingFor while it waits: for what, as in "the lock held by PID 17 on nas"
 * @param metLock another restic's lock was in its way: it has not failed, another attempt follows
 * @param exitCode restic's exit code; -1 if restic could not be run
 * @param error why it failed, or what to look at
 * @param snapshotId the snapshot that it made
 * @param progress how far it is
 */
public record JobRepresentation(
    String id,
    String hostId,
    String kind,
    String status,
    boolean flagged,
    String sourceGroup,
    Instant queuedAt,
    String queuedBy,
    Instant startedAt,
    Instant finishedAt,
    Instant cancelRequestedAt,
    String cancelRequestedBy,
    Instant lostAt,
    String firstJobId,
    int attempt,
    Instant notBefore,
    String waitingFor,
    boolean metLock,
    Integer exitCode,
    String error,
    String snapshotId,
    JobDetails.Progress progress) {

  /** 202 with a queued job and its {@code Location}. */
  static Response accepted(JobDetails job, UriInfo uri) {
    return Response.accepted(of(job))
        .location(uri.getBaseUriBuilder().path("jobs").path(job.id().toString()).build())
        .build();
  }

  static JobRepresentation of(JobDetails job) {
    return new JobRepresentation(
        job.id().toString(),
        job.host().toString(),
        job.kind().wireName(),
        job.status().wireName(),
        job.flagged(),
        job.sourceGroup(),
        job.queuedAt(),
        job.queuedBy(),
        job.startedAt(),
        job.finishedAt(),
        job.cancelRequestedAt(),
        job.cancelRequestedBy(),
        job.lostAt(),
        job.first().toString(),
        job.attempt(),
        job.notBefore(),
        job.waitingFor(),
        job.metLock(),
        job.exitCode(),
        job.error(),
        job.snapshotId(),
        job.progress());
  }
}
