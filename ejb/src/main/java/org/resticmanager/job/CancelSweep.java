package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Connections;
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/** Repeats cancels that were lost, or that were wanted on another node than the host's. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CancelSweep {

  private static final Logger LOG = Logger.getLogger(CancelSweep.class.getName());

  @Inject private Connections connections;
  @Inject private Dispatch dispatch;
  @Inject private Cancellation cancellation;

  private final Tick tick = new Tick("cancels could not be looked for now");

  /** Slow enough not to hurry an agent that waits for restic to finish. */
  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void tick() {
    tick.run(
        () ->
            dispatch
                .hostsWithCancels()
                .forEach(host -> connections.of(host).ifPresent(this::repeat)));
  }

  /** One host's trouble must not keep the others waiting. */
  private void repeat(AgentConnection connection) {
    try {
      cancellation.repeat(connection);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "could not repeat cancels of host " + connection.hostId(), e);
    }
  }
}
