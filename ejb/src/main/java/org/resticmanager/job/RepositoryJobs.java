package org.resticmanager.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;

/** What people have done to a repository as a whole, by one of its hosts. */
@Stateless
public class RepositoryJobs {

  private static final Set<JobKind> ON_REQUEST =
      Set.of(JobKind.PRUNE, JobKind.CHECK, JobKind.UNLOCK);

  @Inject private JobStore store;
  @Inject private Hosts hosts;
  @Inject private Repositories repositories;
  @Inject private Clock clock;
  @Inject private Event<JobQueued> queued;
  @Resource private SessionContext context;

  /**
   * Queues a prune, check or unlock; returns at once. While the host has one of the same kind on
   * its way, that one is the answer.
   *
   * @throws NotFound if there is no such repository or host
   * @throws Invalid if it is another kind
   * @throws Conflict if the host does not back up to the repository, or the kind needs admin
   *     credentials and there are none
   */
  @RolesAllowed("operator")
  public JobDetails run(RepositoryId id, JobKind kind, HostId host) {
    if (!ON_REQUEST.contains(kind)) {
      throw new Invalid("kind", "must be prune, check or unlock");
    }
    RepositoryDetails repository = repositories.find(id);
    requireConnected(host, repository);
    if (kind != JobKind.CHECK && !repository.adminSlot()) {
      throw new Conflict(
          "no-admin-credentials",
          "The repository has no admin credentials: "
              + kind.wireName()
              + " cannot run. Enter them first.");
    }
    store.lockQueue(host);
    return store
        .openJob(host, id, kind)
        .map(Job::details)
        .orElseGet(() -> queue(job(host, id, kind)));
  }

  /**
   * Queues a test: the host's agent tries whether it can open the repository with the credentials
   * of a slot, and says what is in the way. Each call queues one more.
   *
   * @throws NotFound if there is no such repository or host
   * @throws Conflict if the host does not back up to the repository, or the slot is not set
   */
  @RolesAllowed("operator")
  public JobDetails test(RepositoryId id, Slot slot, HostId host) {
    RepositoryDetails repository = repositories.find(id);
    requireConnected(host, repository);
    if (repository.slot(slot).isEmpty()) {
      throw new Conflict(
          "no-admin-credentials", "The repository has no admin credentials. Enter them first.");
    }
    Job job = job(host, id, JobKind.TEST);
    if (slot == Slot.ADMIN) {
      job.withAdminCredentials();
    }
    return queue(job);
  }

  private Job job(HostId host, RepositoryId repository, JobKind kind) {
    return new Job(host, repository, kind, context.getCallerPrincipal().getName(), clock.instant());
  }

  private JobDetails queue(Job job) {
    store.insert(job);
    queued.fire(new JobQueued(job.host()));
    return job.details();
  }

  private void requireConnected(HostId host, RepositoryDetails repository) {
    String name = hosts.find(host).name();
    if (repositories.of(host).filter(own -> own.id().equals(repository.id())).isEmpty()) {
      throw new Conflict(
          "not-connected",
          "The host "
              + name
              + " does not back up to "
              + repository.name()
              + ": choose one that does.");
    }
  }
}
