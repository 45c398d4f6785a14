package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Notified;

/**
 * Wakes the node that holds a host's connection, whichever it is: the one on which something was
 * queued or ended is often another. The sweeps find what a lost wake-up missed.
 */
@ApplicationScoped
class WakeUps {

  private static final String DISPATCH = "dispatch";
  private static final String CANCEL = "cancel";

  @Inject private Notifications notifications;
  @Inject private Dispatch dispatch;
  @Inject private Connections connections;
  @Inject private Dispatcher dispatcher;
  @Inject private Cancellation cancellation;
  @Inject private Background background;

  /**
   * In the transaction that queues: it is heard when it is committed. A host that is connected here
   * needs no telling: {@link Dispatcher} looks at it then, and would do so twice.
   */
  void onQueued(@Observes JobQueued event) {
    if (connections.of(event.host()).isEmpty()) {
      dispatch(List.of(event.host()));
    }
  }

  /** Likewise. */
  void onCancelWanted(@Observes CancelWanted event) {
    notifications.notify(CANCEL, event.host().toString());
  }

  /** Whoever is next in line for the same repository looks again. */
  void onEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded event) {
    background.execute(() -> dispatch(dispatch.nextInLine(event.job().id())));
  }

  /**
   * Each of these hosts is looked at, at the commit of the caller's transaction if there is one.
   */
  private void dispatch(Collection<HostId> hosts) {
    if (!hosts.isEmpty()) {
      notifications.notify(DISPATCH, hosts.stream().map(HostId::toString).toList());
    }
  }

  void onNotified(@Observes Notified event) {
    if (event.about(DISPATCH)) {
      here(event).forEach(host -> background.execute(() -> dispatcher.next(host)));
    }
    if (event.about(CANCEL)) {
      here(event)
          .forEach(
              host ->
                  background.execute(() -> connections.of(host).ifPresent(cancellation::repeat)));
    }
  }

  /** The hosts that are meant and connected to this node; all of them if a hint may be lost. */
  private Set<HostId> here(Notified event) {
    Optional<HostId> meant = event.payload().map(HostId::parse);
    return meant.isEmpty()
        ? connections.hosts()
        : connections.of(meant.get()).isPresent() ? Set.of(meant.get()) : Set.of();
  }
}
