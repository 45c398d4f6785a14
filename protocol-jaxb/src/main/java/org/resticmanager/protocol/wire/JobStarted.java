package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * restic has been started for this job.
 *
 * @param jobId the job
 * @param kind the operation
 * @param startedAt by the agent's clock; null if unknown
 */
public record JobStarted(String jobId, JobKind kind, Instant startedAt) implements AgentMessage {

  public JobStarted {
    Require.present(jobId, "job_id");
    Require.present(kind, "kind");
  }
}
