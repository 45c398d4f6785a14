package org.resticmanager.protocol.wire;

/**
 * The order to end a job: SIGINT, 30 s for restic to finish and drop its lock, then SIGKILL and an
 * {@code unlock} of what it left. The job ends as {@code cancelled} with exit code 130, unless it
 * had ended by itself before. Repeating it, or sending it for a job that has ended, is harmless.
 *
 * @param jobId the job
 */
public record CommandCancel(String jobId) implements ServerMessage {

  public CommandCancel {
    Require.present(jobId, "job_id");
  }
}
