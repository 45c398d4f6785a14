package org.resticmanager.job;

import java.time.Instant;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * What a line of a list says of a job.
 *
 * @param id the job
 * @param host where it runs
 * @param kind the operation
 * @param status where it stands
 * @param sourceGroup as in {@link JobDetails#sourceGroup}
 * @param waiting whether it waits for something but its host
 * @param metLock as in {@link JobDetails#metLock}
 * @param remarked whether something is told of its end: why it failed, or what to look at
 * @param lastMoment when something last happened to it
 */
public record JobOutline(
    JobId id,
    HostId host,
    JobKind kind,
    JobStatus status,
    String sourceGroup,
    boolean waiting,
    boolean metLock,
    boolean remarked,
    Instant lastMoment) {

  /** Whether it did its work but something needs a look, such as files that could not be read. */
  public boolean flagged() {
    return status == JobStatus.SUCCEEDED && remarked;
  }
}
