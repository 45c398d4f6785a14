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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/**
 * Looks every few seconds for jobs whose wake-up was lost. A wake-up is quicker; this is surer. A
 * host for which nothing waits costs nothing; those behind others, or behind somebody who has the
 * repository alone, are asked once a minute.
 */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DispatchSweep {

  private static final Logger LOG = Logger.getLogger(DispatchSweep.class.getName());

  @Inject Connections connections;
  @Inject Dispatch dispatch;
  @Inject private Dispatcher dispatcher;

  private static final int TICKS_A_MINUTE = 12;

  private final AtomicInteger ticks = new AtomicInteger();
  private final Tick tick = new Tick("waiting jobs could not be looked for now");
  private final Tick keeping = new Tick("places in line could not be kept now");

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void tick() {
    tick.run(
        () -> {
          boolean behindToo = ticks.getAndIncrement() % TICKS_A_MINUTE == 0;
          dispatch.toLookAt(connections.hosts(), behindToo).forEach(this::sweep);
          dispatch.forgetLostPlaces();
        });
  }

  /** A look at many hosts may take longer than a place is good for. */
  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void keepPlaces() {
    keeping.run(() -> dispatch.keepPlaces(connections.hosts()));
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
