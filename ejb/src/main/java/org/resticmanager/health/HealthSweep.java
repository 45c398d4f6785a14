package org.resticmanager.health;

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

/** Judges all hosts now and then: time alone makes a backup overdue. One node at a time. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class HealthSweep {

  @Inject private HealthChecks checks;

  private final Tick tick = new Tick("the hosts could not be judged now");

  /** Not at the same second as the other sweeps. */
  @Schedule(hour = "*", minute = "*", second = "17/30", persistent = false)
  void tick() {
    tick.run(checks::judgeAll);
  }
}
