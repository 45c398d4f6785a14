package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;

/** Queues {@code init} before anything else that a repository is used for; inside a transaction. */
@ApplicationScoped
class InitOnce {

  @Inject JobStore store;
  @Inject Repositories repositories;
  @Inject Clock clock;

  /**
   * Does nothing if the repository is known to exist or this host has an {@code init} on its way.
   * Another host's does not count: that host may be away, and an agent takes a repository that
   * exists already for done.
   */
  void queueIfNeeded(HostId host, RepositoryDetails repository, String actor) {
    if (repository.initialised()) {
      return;
    }
    store.lockQueue(host);
    // while we waited for the queue, the init on its way may have ended
    if (!store.hasOpen(host, repository.id(), JobKind.INIT)
        && !repositories.isInitialised(repository.id())) {
      store.insert(new Job(host, repository.id(), JobKind.INIT, actor, clock.instant()));
    }
  }
}
