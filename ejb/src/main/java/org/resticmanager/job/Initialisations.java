package org.resticmanager.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;

/** Repositories that are gone from their location, and are made anew there. */
@Stateless
@PermitAll
public class Initialisations {

  @Inject private JobStore store;
  @Inject private Hosts hosts;
  @Inject private Repositories repositories;
  @Inject private Connections connections;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<JobQueued> queued;
  @Resource private SessionContext context;

  /**
   * Queues the job in which a host makes the repository anew; returns at once. One that is there
   * all the same stays as it is. What is known of the one that is gone is forgotten when there is a
   * new one, and not before. A job for it that has not ended is the answer, so the call may be
   * repeated.
   *
   * @param confirm the repository's name, as typed by somebody who knows what they do
   * @throws NotFound if there is no such repository
   * @throws Invalid if that is not its name
   * @throws Conflict if no host of it is online
   */
  @RolesAllowed("fleet-operator")
  public JobDetails again(RepositoryId id, String confirm) {
    RepositoryDetails repository = repositories.find(id);
    if (!repository.name().equals(confirm)) {
      throw new Invalid("confirm", "must be the name of the repository");
    }
    return store.open(id, JobKind.INIT).stream()
        .findFirst()
        .map(Job::details)
        .orElseGet(() -> queue(repository, online(id)));
  }

  private JobDetails queue(RepositoryDetails repository, HostId host) {
    String actor = context.getCallerPrincipal().getName();
    Job job = new Job(host, repository.id(), JobKind.INIT, actor, clock.instant());
    store.insert(job);
    queued.fire(new JobQueued(host));
    audit.done(
        "repository.made-anew",
        Target.of("repository", repository.id(), repository.name()),
        Facts.with("host", hosts.find(host).name()));
    return job.details();
  }

  /** Rather one that is connected to this node. */
  private HostId online(RepositoryId id) {
    return repositories.hostsOf(id).stream()
        .filter(host -> connections.of(host).isPresent() || hosts.online(host))
        .max(Comparator.comparing(host -> connections.of(host).isPresent()))
        .orElseThrow(
            () ->
                new Conflict(
                    "no-host-online",
                    "No host of this repository is online: try again when one is."));
  }
}
