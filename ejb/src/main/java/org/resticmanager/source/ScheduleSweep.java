package org.resticmanager.source;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
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

/** Repeats lists that were lost, or that were changed on another node than the host's. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ScheduleSweep {

  private static final Logger LOG = Logger.getLogger(ScheduleSweep.class.getName());

  @Inject private Connections connections;
  @Inject private Schedules schedules;
  @Inject private ScheduleSetPush push;

  private final Tick tick = new Tick("drifting schedules could not be looked for now");

  /** Not at the same second as the other sweeps. */
  @jakarta.ejb.Schedule(hour = "*", minute = "*", second = "17,47", persistent = false)
  void tick() {
    tick.run(
        () -> schedules.drifting().forEach(host -> connections.of(host).ifPresent(this::repeat)));
  }

  /** One host's trouble must not keep the others waiting. */
  private void repeat(AgentConnection connection) {
    try {
      push.push(connection);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "could not repeat schedules of host " + connection.hostId(), e);
    }
  }
}
