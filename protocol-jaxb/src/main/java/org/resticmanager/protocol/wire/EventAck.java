package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * What the server has committed of a job (extension {@code ack}); the agent may drop it now.
 *
 * @param jobId the job
 * @param seq all log lines up to this one are in the database; 0 if none
 * @param finished the end is in the database too
 */
public record EventAck(String jobId, long seq, boolean finished) implements ServerMessage {

  public EventAck {
    Require.present(jobId, "job_id");
    Require.notNegative(seq, "seq");
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.ACK);
  }
}
