package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * One line of a job's log.
 *
 * @param jobId the job
 * @param seq the line's number, from 1 without gaps
 * @param ts when the agent read it; null if unknown
 * @param stream where it came from
 * @param payload the line without its end; at most 64 KiB, control characters are data
 */
public record LogStream(String jobId, long seq, Instant ts, LogStreamName stream, String payload)
    implements AgentMessage {

  public LogStream {
    Require.present(jobId, "job_id");
    if (seq < 1) {
      throw new IllegalArgumentException("seq is below 1");
    }
    Require.present(stream, "stream");
    payload = Require.textOrEmpty(payload);
  }
}
