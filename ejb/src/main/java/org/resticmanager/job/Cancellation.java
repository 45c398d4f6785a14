package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Connections;
import org.resticmanager.platform.Background;
import org.resticmanager.protocol.wire.CommandCancel;

/**
 * Tells agents to end jobs: when somebody wants it, when the agent connects (by {@link
 * Dispatcher}), and again (by {@link CancelSweep}) until the job has ended, because a message may
 * be lost with its connection.
 */
@ApplicationScoped
public class Cancellation {

  @Inject private Dispatch dispatch;
  @Inject private Connections connections;
  @Inject private Background background;

  void onWanted(@Observes(during = TransactionPhase.AFTER_SUCCESS) CancelWanted event) {
    background.execute(() -> connections.of(event.host()).ifPresent(at -> send(at, event.job())));
  }

  /** Sends every cancel that this agent has not answered with the job's end. */
  void repeat(AgentConnection connection) {
    dispatch.cancelsFor(connection.hostId()).forEach(job -> send(connection, job));
  }

  static void send(AgentConnection connection, JobId job) {
    connection.send(new CommandCancel(job.toString()));
  }
}
