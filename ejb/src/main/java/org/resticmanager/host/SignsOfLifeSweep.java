package org.resticmanager.host;

import jakarta.annotation.PreDestroy;
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
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/**
 * Writes down when hosts were heard of. A host is offline after 90 s, so that a few seconds do not
 * matter; what could not be written is said again by the next heartbeat.
 */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SignsOfLifeSweep {

  @Inject private SignsOfLife signs;
  @Inject private Hosts hosts;

  private final Tick tick = new Tick("when hosts were heard of could not be written down now");

  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  void tick() {
    tick.run(() -> hosts.heardOf(signs.take()));
  }

  @PreDestroy
  void last() {
    tick();
  }
}
