package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.source.Blackouts;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.SourceGroups;

/**
 * Decides whether a job that has ended is followed by another attempt. It does so in the
 * transaction of the end, with the host's queue locked: a node that dies right after has lost
 * nothing, and no two of them queue one attempt.
 */
@ApplicationScoped
class Attempts {

  @Inject private JobStore store;
  @Inject private InitOnce initOnce;
  @Inject private Repositories repositories;
  @Inject private SourceGroups sourceGroups;
  @Inject private Blackouts blackouts;
  @Inject private JobSettings settings;
  @Inject private Clock clock;

  /**
   * If another restic's lock ended the job: queues another attempt, and the job has not failed but
   * waited. Call it before the end is told. Who has waited too long has failed.
   */
  void awaitLock(Job job) {
    if (!job.locked()) {
      return;
    }
    Optional<RepositoryDetails> repository =
        repositories.of(job.host()).filter(own -> mayFollowTo(own, job));
    if (repository.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Instant until = job.lockUntil().orElse(now.plus(settings.lockWait()));
    if (!until.isAfter(now)) {
      job.gaveUp("The lock was still there after " + settings.lockWait().toMinutes() + " minutes");
      return;
    }
    job.waitsForLock();
    Job next = job.again(repository.get().id(), job.queuedBy(), now);
    next.afterLock(
        job, LockWait.holder(job.error()), now.plus(LockWait.pause(job.lockWaits() + 1)), until);
    store.insert(next);
  }

  /** A backup follows its host to another repository; what is done to a repository does not. */
  private static boolean mayFollowTo(RepositoryDetails own, Job job) {
    return job.kind() == JobKind.BACKUP || own.id().equals(job.repository());
  }

  void onEnd(@Observes JobEnded event) {
    JobDetails end = event.job();
    if (end.status() == JobStatus.CANCELLED || end.metLock()) {
      return;
    }
    store.lockQueue(end.host());
    Job job = store.find(end.id()).orElseThrow();
    Optional<Job> later =
        store.newestAttempt(job.first()).filter(newest -> !newest.id().equals(job.id()));
    if (later.isPresent()) {
      withdraw(job, later.get());
    } else if (job.worthRetrying()) {
      retry(job);
    }
  }

  /** One that was taken for lost did succeed: what was queued in its stead is not wanted. */
  private void withdraw(Job found, Job later) {
    if (found.status() == JobStatus.SUCCEEDED
        && later.status() == JobStatus.QUEUED
        && !later.dispatched()) {
      later.cancel(Dispatch.CONTROL_PLANE, clock.instant());
    }
  }

  private void retry(Job job) {
    RetryRule rule = rule(job);
    if (job.failures() >= rule.max()) {
      return;
    }
    Optional<RepositoryDetails> repository = repositories.of(job.host());
    if (repository.isEmpty()) {
      return;
    }
    int failures = job.failures() + 1;
    Instant now = clock.instant();
    initOnce.queueIfNeeded(job.host(), repository.get(), job.queuedBy());
    Job next = job.again(repository.get().id(), job.queuedBy(), now);
    Instant begin = now.plus(rule.pause(failures));
    next.afterFailures(failures, begin);
    Instant allowed = blackouts.allowed(job.host(), begin);
    if (allowed.isAfter(begin)) {
      next.afterBlackout(allowed);
    }
    store.insert(next);
  }

  private RetryRule rule(Job job) {
    return job.sourceGroupName()
        .flatMap(group -> sourceGroups.ofJob(job.host(), group))
        .map(group -> group.plan().retry())
        .orElse(RetryRule.DEFAULT);
  }

  /** As {@link Job#lastAttempt}, by the rule that holds now. */
  Optional<Integer> last(Job job) {
    return job.lastAttempt(rule(job));
  }

  /**
   * Another attempt at once, by the wish of a person; the one that is on its way if there is one.
   *
   * @param job has ended, or is the one on its way
   */
  Job now(Job job, RepositoryDetails repository, String actor) {
    Job newest = store.newestAttempt(job.first()).orElse(job);
    if (!newest.status().ended()) {
      newest.hurry();
      return newest;
    }
    initOnce.queueIfNeeded(job.host(), repository, actor);
    Job next = newest.again(repository.id(), actor, clock.instant());
    store.insert(next);
    return next;
  }
}
