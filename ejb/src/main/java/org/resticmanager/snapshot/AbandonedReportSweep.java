package org.resticmanager.snapshot;

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

/** Forgets reports of snapshots whose last part never came. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AbandonedReportSweep {

  @Inject private Snapshots snapshots;

  private final Tick tick = new Tick("abandoned reports could not be forgotten now");

  @Schedule(hour = "*", minute = "17", persistent = false)
  void tick() {
    tick.run(snapshots::forgetAbandoned);
  }
}
