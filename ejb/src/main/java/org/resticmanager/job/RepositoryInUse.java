package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.platform.Conflict;
import org.resticmanager.repository.RepositoryRemoval;

/** A repository stays under management while jobs of it have not ended. */
@ApplicationScoped
class RepositoryInUse {

  @Inject private JobStore store;

  void onRemoval(@Observes RepositoryRemoval event) {
    long open = store.countOpen(event.repository());
    if (open > 0) {
      throw new Conflict(
          "jobs-open",
          open == 1
              ? "A job of it has not ended. Wait for it, or cancel it."
              : open + " jobs of it have not ended. Wait for them, or cancel them.");
    }
  }
}
