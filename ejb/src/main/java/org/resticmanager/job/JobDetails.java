package org.resticmanager.job;

import java.time.Instant;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * Where a job stands. Components that do not apply yet are null.
 *
 * @param id the job
 * @param host where it runs
 * @param kind the operation
 * @param status where it stands
 * @param sourceGroup the name of the source group that it is about; null for jobs that are about
 *     none, or all
 * @param queuedAt when it was asked for
 * @param queuedBy by whom: a person's name, or what in the control plane did it
 * @param startedAt when restic was started
 * @param finishedAt when it ended
 * @param cancelRequestedAt when somebody wanted it ended
 * @param cancelRequestedBy who that was
 * @param lostAt when it was taken for lost because its host was not heard of; what its agent says
 *     of it later counts all the same
 * @param first the first attempt of the same; itself unless it is a later one
 * @param attempt which one it is, from 1
 * @param notBefore it is not sent before; null if it need not wait, or no longer
 * @param waitingFor what it waits for, as in "the lock held by PID 17 on nas"; null if for nothing
 *     but its host
 * @param metLock another restic's lock was in its way: it has not failed, another attempt follows
 * @param exitCode restic's exit code; -1 if restic could not be run
 * @param error why it failed; for a job that succeeded: what to look at
 * @param snapshotId the snapshot that it made
 * @param progress how far it is, or was at its end
 */
public record JobDetails(
    JobId id,
    HostId host,
    JobKind kind,
    JobStatus status,
    String sourceGroup,
    Instant queuedAt,
    String queuedBy,
    Instant startedAt,
    Instant finishedAt,
    Instant cancelRequestedAt,
    String cancelRequestedBy,
    Instant lostAt,
    JobId first,
    int attempt,
    Instant notBefore,
    String waitingFor,
    boolean metLock,
    Integer exitCode,
    String error,
    String snapshotId,
    Progress progress) {

  /** What a line of a list says of it. */
  public JobOutline outline() {
    return new JobOutline(
        id,
        host,
        kind,
        status,
        sourceGroup,
        waitingFor != null,
        metLock,
        error != null,
        lastMoment());
  }

  private Instant lastMoment() {
    if (finishedAt != null) {
      return finishedAt;
    }
    return startedAt == null ? queuedAt : startedAt;
  }

  /** As {@link JobOutline#flagged}. */
  public boolean flagged() {
    return outline().flagged();
  }

  /** Whether it goes on although somebody wants it ended. */
  public boolean cancelling() {
    return cancelRequestedAt != null && !status.ended();
  }

  /** Whether its agent has reported an end after it was taken for lost. */
  public boolean foundAgain() {
    return lostAt != null && exitCode != null;
  }

  /**
   * How far a job is.
   *
   * @param percentDone a fraction from 0 to 1
   * @param filesDone files finished
   * @param totalFiles files known so far
   * @param bytesDone bytes finished
   * @param totalBytes bytes known so far
   * @param etaSeconds restic's guess of the time left; 0 if unknown
   * @param throughputBps bytes per second
   * @param currentFile a file that is being read; null if none is known, and once the job has ended
   */
  public record Progress(
      double percentDone,
      long filesDone,
      long totalFiles,
      long bytesDone,
      long totalBytes,
      long etaSeconds,
      long throughputBps,
      String currentFile) {}
}
