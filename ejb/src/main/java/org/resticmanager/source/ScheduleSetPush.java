package org.resticmanager.source;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.ConnectPhase;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.platform.Background;

/**
 * Tells agents their schedules: when they connect (always, also when there are none), when they
 * change, and again (by {@link ScheduleSweep}) while the agent lags behind.
 */
@ApplicationScoped
public class ScheduleSetPush {

  @Inject private Schedules schedules;
  @Inject private Connections connections;
  @Inject private Background background;

  void onConnect(@Observes @Priority(ConnectPhase.SCHEDULE) HostConnected event) {
    push(event.connection());
  }

  void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) SchedulesChanged event) {
    background.execute(() -> connections.of(event.host()).ifPresent(this::push));
  }

  /** Sends the list as it stands now. */
  void push(AgentConnection connection) {
    // read and send as one, so that an older list never follows a newer one
    synchronized (connection) {
      connection.send(schedules.setFor(connection.hostId()));
    }
  }
}
