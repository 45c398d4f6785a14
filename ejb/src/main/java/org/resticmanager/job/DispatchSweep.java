package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.SchemaMigration;

/** Looks every few seconds for jobs whose wake-up was lost. A wake-up is quicker; this is surer. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DispatchSweep {

  private static final Logger LOG = Logger.getLogger(DispatchSweep.class.getName());

  @Inject private Connections connections;
  @Inject private Dispatch dispatch;
  @Inject private Dispatcher dispatcher;

  private final AtomicBoolean sweeping = new AtomicBoolean();

  /** A tick that finds the last one still at work leaves it to it. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void tick() {
    if (!sweeping.compareAndSet(false, true)) {
      return;
    }
    try {
      connections.hosts().forEach(this::sweep);
      dispatch.forgetLostPlaces();
    } finally {
      sweeping.set(false);
    }
  }

  /** One host's trouble must not keep the others waiting. */
  private void sweep(HostId host) {
    try {
      dispatcher.next(host);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "could not look for jobs of host " + host, e);
    }
  }
}
