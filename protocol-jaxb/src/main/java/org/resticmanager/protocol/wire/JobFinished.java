package org.resticmanager.protocol.wire;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * The job has ended.
 *
 * @param jobId the job
 * @param status one of the three ends
 * @param exitCode restic's exit code; -1 if restic could not be run or did not end by itself
 * @param finishedAt by the agent's clock; null if unknown
 * @param stats restic's summary object; null if there is none
 * @param error why it failed or what to look at, for people; empty if nothing is wrong
 */
public record JobFinished(
    String jobId,
    JobStatus status,
    int exitCode,
    Instant finishedAt,
    JsonObject stats,
    @OmitEmpty String error)
    implements AgentMessage {

  public JobFinished {
    Require.present(jobId, "job_id");
    Require.present(status, "status");
    if (!status.ended()) {
      throw new IllegalArgumentException("status is not an end");
    }
    error = Require.textOrEmpty(error);
  }
}
