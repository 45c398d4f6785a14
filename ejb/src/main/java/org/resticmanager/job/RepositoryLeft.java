package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Conflict;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.HostMoved;
import org.resticmanager.repository.HostMoving;
import org.resticmanager.repository.RepositoryId;

/**
 * A host leaves its repository for another one when it has nothing to do there any more: its agent
 * would do it in the new one, and what it tells would be taken for the new one's.
 */
@ApplicationScoped
class RepositoryLeft {

  /** Why a job of the repository of before does not begin. */
  static final String MOVED = "Its host was connected to another repository before it began.";

  @Inject private JobStore store;
  @Inject private Clock clock;
  @Inject private Event<JobEnded> ended;

  void onMoving(@Observes HostMoving event) {
    store.lockQueue(event.host());
    if (elsewhere(event.host(), event.to()).stream().anyMatch(RepositoryLeft::withItsAgent)) {
      throw new Conflict(
          "jobs-open",
          "Its agent has a job of the repository that it backs up to now."
              + " Wait until that has ended, or cancel it.");
    }
  }

  /** Another attempt, if there is one, is for the new repository. */
  void onMoved(@Observes HostMoved event) {
    for (Job job : elsewhere(event.host(), event.to())) {
      job.failed(MOVED, clock.instant());
      ended.fire(new JobEnded(job.details()));
    }
  }

  private static boolean withItsAgent(Job job) {
    return job.dispatched() || job.status() == JobStatus.RUNNING;
  }

  private List<Job> elsewhere(HostId host, RepositoryId to) {
    return store.open(host).stream().filter(job -> !job.repository().equals(to)).toList();
  }
}
