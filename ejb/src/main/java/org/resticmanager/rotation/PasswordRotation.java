package org.resticmanager.rotation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.repository.RepositoryId;

/**
 * The newest change of a repository's password. Its life: adding, then removing, then done; or,
 * given up while adding, withdrawing and then given up.
 */
@Entity
@Table(name = "password_rotation")
public class PasswordRotation {

  @Id
  @Column(name = "repository_id")
  private UUID repositoryId;

  @Column(name = "step")
  private String step;

  @Column(name = "began_at")
  private Instant beganAt;

  @Column(name = "began_by")
  private String beganBy;

  @Column(name = "step_at")
  private Instant stepAt;

  @Column(name = "switched_at")
  private Instant switchedAt;

  @Column(name = "job_id")
  private String jobId;

  protected PasswordRotation() {}

  PasswordRotation(RepositoryId repository) {
    repositoryId = repository.value();
  }

  /** A new one, whatever became of that of before. */
  void begin(String actor, Instant now) {
    beganAt = now;
    beganBy = actor;
    switchedAt = null;
    jobId = null;
    enter(RotationStep.ADDING, now);
  }

  private void enter(RotationStep next, Instant now) {
    step = next.word();
    stepAt = now;
  }

  /** The new password came into use. */
  void switched(Instant now) {
    switchedAt = now;
    enter(RotationStep.REMOVING, now);
  }

  /** Nobody wants the new password any more. */
  void withdraw(Instant now) {
    enter(RotationStep.WITHDRAWING, now);
  }

  void end(RotationStep how, Instant now) {
    enter(how, now);
  }

  RotationStep step() {
    return RotationStep.named(step);
  }

  /** Whether the new password came into use after this moment. */
  boolean switchedAfter(Instant moment) {
    return switchedAt != null && switchedAt.isAfter(moment);
  }

  RepositoryId repository() {
    return new RepositoryId(repositoryId);
  }

  /** The first attempt of the last job for it. */
  Optional<JobId> job() {
    return Optional.ofNullable(jobId).map(JobId::parse);
  }

  void hasJob(JobId job) {
    jobId = job.toString();
  }

  /** The job of before does not count: there is to be another. */
  void needsJob() {
    jobId = null;
  }

  RotationState state(Optional<JobDetails> job) {
    return new RotationState(
        step(), beganAt, beganBy, stepAt, Optional.ofNullable(switchedAt), job);
  }
}
