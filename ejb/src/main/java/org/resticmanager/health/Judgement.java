package org.resticmanager.health;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.resticmanager.job.JobId;

/**
 * How well a host, or one source group of it, is protected.
 *
 * @param reason the most urgent one
 * @param sourceGroup the one that it is about; empty if about the host
 * @param job the backup that it is about; empty if about none
 * @param since when that began
 */
public record Judgement(
    Reason reason, Optional<String> sourceGroup, Optional<JobId> job, Instant since) {

  public Judgement {
    requireNonNull(reason);
    requireNonNull(sourceGroup);
    requireNonNull(job);
    requireNonNull(since);
  }

  static Judgement ofHost(Reason reason, Instant since) {
    return new Judgement(reason, Optional.empty(), Optional.empty(), since);
  }

  /** How well. */
  public Health health() {
    return reason.health();
  }
}
