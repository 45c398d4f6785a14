package org.resticmanager.maintenance;

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
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/** Starts what is due; on every node, and whoever claims it does it. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class MaintenanceSweep {

  private static final Logger LOG = Logger.getLogger(MaintenanceSweep.class.getName());

  @Inject private Maintenance maintenance;

  private final Tick tick = new Tick("maintenance that is due could not be looked for now");
  private final Tick correction = new Tick("wrong moments of maintenance could not be found now");

  /** Not at the same second as the other sweeps. */
  @Schedule(hour = "*", minute = "*", second = "3/10", persistent = false)
  void tick() {
    tick.run(
        () -> {
          maintenance.prepare();
          maintenance.takeBackStranded();
          maintenance.due().forEach(this::start);
        });
  }

  @Schedule(hour = "*", minute = "*", second = "38", persistent = false)
  void correct() {
    correction.run(maintenance::correct);
  }

  /** One repository's trouble must not keep the others waiting. */
  private void start(MaintenanceStore.Due due) {
    try {
      maintenance.start(due.repository(), due.operation());
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "could not start the " + due.operation().word() + " of repository " + due.repository(),
          e);
    }
  }
}
