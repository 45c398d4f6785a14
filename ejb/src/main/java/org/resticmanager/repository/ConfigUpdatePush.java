package org.resticmanager.repository;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.ConnectPhase;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.platform.Background;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Feature;

/**
 * Gives agents their repository connection: when they connect, when it changes, and again before
 * each job, because nothing else makes sure that the change arrives before the job does.
 */
@ApplicationScoped
public class ConfigUpdatePush {

  @Inject private Repositories repositories;
  @Inject private Connections connections;
  @Inject private Background background;

  void onConnect(@Observes @Priority(ConnectPhase.CONFIG) HostConnected event) {
    push(event.connection());
  }

  void onChange(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) @Priority(ConnectPhase.CONFIG)
          RepositoryConnectionChanged event) {
    background.execute(() -> connections.of(event.host()).ifPresent(this::push));
  }

  private void push(AgentConnection connection) {
    inOrder(connection, () -> send(connection, repositories.configUpdates(connection.hostId())));
  }

  /**
   * Reads and sends as one, so that an older state never follows a newer one.
   *
   * @param readAndSend reads what the agent must know and {@linkplain #send sends} it; what it
   *     sends after that arrives after that
   */
  public void inOrder(AgentConnection connection, Runnable readAndSend) {
    synchronized (connection) {
      readAndSend.run();
    }
  }

  /** Sends what the agent must know. Call it only within {@link #inOrder}. */
  public void send(AgentConnection connection, List<ConfigUpdate> updates) {
    for (ConfigUpdate update : updates) {
      ConfigUpdate known = connection.speaks(Feature.KEY) ? update : update.withKeyPassword(null);
      if (connection.speaks(Feature.ENVIRONMENT)) {
        connection.send(known);
      } else if (!update.repoUrl().isEmpty()) {
        // an agent that knows no slots would take an empty one for its everyday connection
        connection.send(known.withoutEnvironment());
      }
    }
  }
}
