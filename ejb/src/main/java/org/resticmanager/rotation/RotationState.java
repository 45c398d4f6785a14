package org.resticmanager.rotation;

import java.time.Instant;
import java.util.Optional;
import org.resticmanager.job.JobDetails;

/**
 * How a change of a repository's password stands.
 *
 * @param step how far it is
 * @param beganAt when it began
 * @param beganBy who wanted it
 * @param stepAt when this step began
 * @param switchedAt when the new password came into use; empty if it is not
 * @param job the last job for it
 */
public record RotationState(
    RotationStep step,
    Instant beganAt,
    String beganBy,
    Instant stepAt,
    Optional<Instant> switchedAt,
    Optional<JobDetails> job) {

  /** For who does not see the host of the job. */
  RotationState withoutJob() {
    return new RotationState(step, beganAt, beganBy, stepAt, switchedAt, Optional.empty());
  }

  /** Whether nothing more happens by itself: a person must go on with it, or give it up. */
  public boolean stuck() {
    return step.open()
        && job.filter(last -> last.kind() == step.kind() && last.status().ended()).isPresent();
  }

  /** Whether the password of before may still open the repository although it is not in use. */
  public boolean oldPasswordOpens() {
    return step == RotationStep.REMOVING || step == RotationStep.KEY_LEFT;
  }
}
