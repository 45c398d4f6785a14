package org.resticmanager.job;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.ConnectPhase;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Background;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.repository.ConfigUpdatePush;
import org.resticmanager.repository.RepositoryConnectionChanged;

/**
 * Sends queued jobs to the agents connected to this node: when one connects, when something was
 * queued, when a job has ended, and (by {@link DispatchSweep}) whenever a wake-up was lost.
 */
@ApplicationScoped
public class Dispatcher {

  @Inject private Dispatch dispatch;
  @Inject private Connections connections;
  @Inject private ConfigUpdatePush credentials;
  @Inject private Background background;

  void onConnect(@Observes @Priority(ConnectPhase.JOBS) HostConnected event) {
    AgentConnection connection = event.connection();
    Optional<List<HeldJob>> held =
        Optional.of(event.hello())
            .filter(hello -> hello.features().contains(Feature.RESUME))
            .map(Hello::jobs);
    credentials.inOrder(
        connection,
        () -> {
          Dispatch.Welcomed welcomed = dispatch.welcome(connection, held);
          welcomed.cancels().forEach(job -> Cancellation.send(connection, job));
          welcomed.next().ifPresent(order -> send(connection, order));
        });
  }

  void onRepositoryChange(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) @Priority(ConnectPhase.JOBS)
          RepositoryConnectionChanged event) {
    background.execute(
        () -> {
          dispatch.initIfNeeded(event.host());
          next(event.host());
        });
  }

  void onQueued(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobQueued event) {
    background.execute(() -> next(event.host()));
  }

  void onEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded event) {
    background.execute(() -> next(event.job().host()));
  }

  /** Sends the host's next job if it is connected here and free. May be called at any time. */
  void next(HostId host) {
    connections.of(host).ifPresent(this::next);
  }

  private void next(AgentConnection connection) {
    credentials.inOrder(
        connection,
        () -> dispatch.claimNext(connection).ifPresent(order -> send(connection, order)));
  }

  private void send(AgentConnection connection, Dispatch.Order order) {
    credentials.send(connection, order.credentials());
    connection.request(order.command(), order.command().jobId());
  }
}
