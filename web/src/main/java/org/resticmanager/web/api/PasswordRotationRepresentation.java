package org.resticmanager.web.api;

import java.time.Instant;
import org.resticmanager.job.JobDetails;
import org.resticmanager.rotation.RotationState;

/**
 * How a change of a repository's password stands. What does not apply is absent.
 *
 * @param step {@code adding}, {@code removing}, {@code withdrawing}, {@code done}, {@code given-up}
 *     or {@code key-left}
 * @param stepAt since when
 * @param stuck whether a person must go on with it, or give it up
 * @param oldPasswordOpens whether the password of before may open the repository although it is not
 *     in use any more
 * @param beganAt when it began
 * @param beganBy who wanted it
 * @param switchedAt when the new password came into use
 * @param job the last job for it
 * @param waitingFor what that one waits for
 * @param error why that one failed
 */
public record PasswordRotationRepresentation(
    String step,
    Instant stepAt,
    boolean stuck,
    boolean oldPasswordOpens,
    Instant beganAt,
    String beganBy,
    Instant switchedAt,
    String job,
    String waitingFor,
    String error) {

  static PasswordRotationRepresentation of(RotationState state) {
    return new PasswordRotationRepresentation(
        state.step().word(),
        state.stepAt(),
        state.stuck(),
        state.oldPasswordOpens(),
        state.beganAt(),
        state.beganBy(),
        state.switchedAt().orElse(null),
        state.job().map(job -> job.id().toString()).orElse(null),
        state.job().map(JobDetails::waitingFor).orElse(null),
        state.job().map(JobDetails::error).orElse(null));
  }
}
