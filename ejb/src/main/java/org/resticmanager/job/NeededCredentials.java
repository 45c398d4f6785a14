package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.Slot;

/** Whether an agent can have the credentials that a job needs. */
@ApplicationScoped
class NeededCredentials {

  /** Why it cannot, for people; empty if it can. */
  Optional<String> obstacle(
      CommandRun command, RepositoryDetails repository, AgentConnection connection) {
    Slot slot = command.requiresAdminCreds() ? Slot.ADMIN : Slot.REPO;
    if (repository.slot(slot).isEmpty()) {
      return Optional.of(
          "The repository "
              + repository.name()
              + " has no admin credentials: "
              + command.kind().wireName()
              + " cannot run. Enter them, then run the job again.");
    }
    return repository.needsEnvironment(slot) && !connection.speaks(Feature.ENVIRONMENT)
        ? Optional.of(
            "The agent of this host does not know how to pass on the variables that the repository "
                + repository.name()
                + " needs: update the agent, then run the job again.")
        : Optional.empty();
  }
}
