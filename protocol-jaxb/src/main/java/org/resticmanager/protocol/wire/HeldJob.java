package org.resticmanager.protocol.wire;

/**
 * A job that the agent still holds: running, or ended and not yet confirmed by {@code event.ack}.
 *
 * @param jobId the job
 * @param status where it stands on the agent
 * @param lastSeq the newest log line that the agent has numbered; 0 if none
 */
public record HeldJob(String jobId, JobStatus status, long lastSeq) {

  public HeldJob {
    Require.present(jobId, "job_id");
    Require.present(status, "status");
    Require.notNegative(lastSeq, "last_seq");
  }
}
