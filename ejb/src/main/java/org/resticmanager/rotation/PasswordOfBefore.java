package org.resticmanager.rotation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.resticmanager.job.ExitCode;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobEnded;
import org.resticmanager.job.JobQueue;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;

/**
 * Has a job done again that failed with the password of before: an agent that was cut off may have
 * had it when the password changed, and begun it before it heard of the new one. A wrong password
 * is not tried again otherwise, and this is not either once it was queued after the change.
 */
@ApplicationScoped
class PasswordOfBefore {

  /** A person who tests looks at the answer, and a change of a password goes on by itself. */
  private static final Set<JobKind> NOT_REPEATED =
      EnumSet.of(JobKind.TEST, JobKind.KEY_ADD, JobKind.KEY_REMOVE);

  @Inject PasswordRotationStore store;
  @Inject Repositories repositories;
  @Inject JobQueue jobs;

  void onEnd(@Observes JobEnded event) {
    JobDetails job = event.job();
    boolean refused =
        job.status() == JobStatus.FAILED
            && job.exitCode() != null
            && job.exitCode() == ExitCode.WRONG_PASSWORD;
    if (!refused || NOT_REPEATED.contains(job.kind())) {
      return;
    }
    repositories
        .of(job.host())
        .flatMap(repository -> store.find(repository.id()))
        .filter(rotation -> rotation.switchedAfter(job.queuedAt()))
        .ifPresent(rotation -> jobs.again(job.id(), RotationSteps.ACTOR));
  }
}
