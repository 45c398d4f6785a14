package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Sight;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;

/** The jobs, for components that have something done by themselves. */
@Stateless
@PermitAll
public class JobQueue {

  @Inject JobStore store;
  @Inject private Repositories repositories;
  @Inject private Attempts attempts;
  @Inject private Hosts hosts;
  @Inject Clock clock;
  @Inject private Event<JobQueued> queued;
  @Inject Event<JobEnded> ended;

  /**
   * Queues a job that is about a repository, not about a source group; returns at once. Each call
   * queues one more.
   *
   * @param readDataSubset for a check: which part of the data, in restic's syntax; empty for none
   * @param actor who wants it, for people
   */
  public JobDetails add(
      HostId host, RepositoryId repository, JobKind kind, String readDataSubset, String actor) {
    Job job = new Job(host, repository, kind, actor, clock.instant());
    job.reads(readDataSubset);
    store.insert(job);
    queued.fire(new JobQueued(host));
    return job.details();
  }

  /**
   * Puts off a job that was queued in this transaction, because its host is left alone until then.
   *
   * @param end of the blackout window
   */
  public void putOff(JobId id, Instant end) {
    store.find(id).ifPresent(job -> job.afterBlackout(end));
  }

  /**
   * A person wants a job that waits for a moment: it waits for it no longer. Does not wait itself:
   * while somebody else decides about its host's queue the job stays as it is.
   *
   * @return the job as it stands now
   */
  public JobDetails hurry(JobDetails waiting) {
    if (!store.tryLockQueue(waiting.host())) {
      return waiting;
    }
    Job job = store.findForUpdate(waiting.id()).orElseThrow();
    job.atOnce();
    queued.fire(new JobQueued(job.host()));
    return job.details();
  }

  /**
   * Takes back a job that no agent has. Does not wait: while somebody else decides about its host's
   * queue it stays.
   *
   * @return whether it has ended with this
   */
  public boolean withdraw(JobId id) {
    boolean mine = store.hostOf(id).filter(store::tryLockQueue).isPresent();
    Optional<Job> job =
        mine
            ? store
                .findForUpdate(id)
                .filter(found -> !found.status().ended() && !found.dispatched())
            : Optional.empty();
    job.ifPresent(
        found -> {
          found.cancel(Dispatch.CONTROL_PLANE, clock.instant());
          ended.fire(new JobEnded(found.details()));
        });
    return job.isPresent();
  }

  /** The newest attempt of a series; empty if there is no such job. */
  public Optional<JobDetails> newestAttempt(JobId first) {
    return store.newestAttempt(first).map(job -> job.details(hosts.sight()));
  }

  /**
   * Queues another attempt of a job that has ended; the one that is on its way if there is one.
   * Call it with the queue of its host locked, as it is when an end is told.
   *
   * @param actor who wants it, for people
   * @return whether there is such a job, and a repository for it
   */
  public boolean again(JobId id, String actor) {
    Optional<Job> ended = store.find(id);
    Optional<RepositoryDetails> repository = ended.flatMap(job -> repositories.of(job.host()));
    if (repository.isEmpty()) {
      return false;
    }
    attempts.now(ended.get(), repository.get(), actor);
    queued.fire(new JobQueued(ended.get().host()));
    return true;
  }

  /** Whether a host has jobs that have not ended. */
  public boolean busy(HostId host) {
    return !store.open(host).isEmpty();
  }

  /** The jobs of this kind in a repository that have not ended, whoever wanted them. */
  public List<JobDetails> open(RepositoryId repository, JobKind kind) {
    return details(store.open(repository, kind));
  }

  /** The snapshot that the last backup of a source group has made, as restic called it. */
  public Optional<String> newestSnapshot(HostId host, RepositoryId repository, String sourceGroup) {
    return store.newestSnapshot(host, repository, sourceGroup);
  }

  /** The newest job of this kind of every host that had one in a repository, newest first. */
  public List<JobDetails> newest(RepositoryId repository, JobKind kind) {
    return details(store.newestOfEachHost(repository, kind));
  }

  private List<JobDetails> details(List<Job> jobs) {
    Sight sight = hosts.sight();
    return jobs.stream().map(job -> job.details(sight)).toList();
  }
}
