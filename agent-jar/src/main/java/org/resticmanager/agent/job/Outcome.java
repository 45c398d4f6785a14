package org.resticmanager.agent.job;

import jakarta.json.JsonObject;
import java.util.Optional;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * How a job went.
 *
 * @param status one of the ends
 * @param exitCode restic's; -1 if it did not run or did not end by itself
 * @param stats restic's summary
 * @param error why it failed, or what to look at although it did not; empty if nothing is wrong
 */
record Outcome(JobStatus status, int exitCode, Optional<JsonObject> stats, String error) {

  static final int NO_EXIT_CODE = -1;

  static Outcome succeeded(int exitCode, Optional<JsonObject> stats, String remarks) {
    return new Outcome(JobStatus.SUCCEEDED, exitCode, stats, remarks);
  }

  static Outcome cancelled(String reason) {
    return new Outcome(JobStatus.CANCELLED, JobSpool.CANCELLED_EXIT_CODE, Optional.empty(), reason);
  }

  /** The same, with something more to look at. */
  Outcome remarked(String remark) {
    return new Outcome(status, exitCode, stats, error.isEmpty() ? remark : error + "; " + remark);
  }

  static Outcome failed(int exitCode, String reason) {
    return new Outcome(JobStatus.FAILED, exitCode, Optional.empty(), reason);
  }
}
