package org.resticmanager.protocol.wire;

/**
 * The reply to {@code command.run}: the job is accepted and stored on the agent's disk, or refused.
 * It does not say how the job ends.
 *
 * @param jobId the job
 * @param accepted whether the agent will run it, or has
 * @param error why not; empty if accepted
 */
public record CommandResult(String jobId, boolean accepted, @OmitEmpty String error)
    implements AgentMessage {

  public CommandResult {
    Require.present(jobId, "job_id");
    error = Require.textOrEmpty(error);
  }
}
