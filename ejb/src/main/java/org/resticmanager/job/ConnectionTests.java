package org.resticmanager.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;

/** Tests of connections to repositories, by their hosts. */
@Stateless
@PermitAll
public class ConnectionTests {

  @Inject private JobStore store;
  @Inject private Hosts hosts;
  @Inject private Repositories repositories;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<JobQueued> queued;
  @Resource private SessionContext context;

  /**
   * Queues a test: the host's agent tries whether it can open the repository with the credentials
   * of a slot, and says what is in the way. Each call queues one more.
   *
   * @throws NotFound if there is no such repository or host
   * @throws Conflict if the host does not back up to the repository, or the slot is not set
   */
  @RolesAllowed("fleet-operator")
  public JobDetails test(RepositoryId id, Slot slot, HostId host) {
    RepositoryDetails repository = repositories.find(id);
    requireConnected(host, repository);
    if (repository.slot(slot).isEmpty()) {
      throw new Conflict(
          "no-admin-credentials", "The repository has no admin credentials. Enter them first.");
    }
    String actor = context.getCallerPrincipal().getName();
    Job job = new Job(host, id, JobKind.TEST, actor, clock.instant());
    if (slot == Slot.ADMIN) {
      job.withAdminCredentials();
    }
    store.insert(job);
    audit.done(
        "repository.tested",
        Target.of("repository", id, repository.name()),
        Facts.with("slot", slot.wireName()).and("host", host).and("job", job.details().id()));
    queued.fire(new JobQueued(host));
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
