package org.resticmanager.snapshot;

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
import org.resticmanager.platform.SchemaMigration;

/** Forgets reports of snapshots whose last part never came. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AbandonedReportSweep {

  @Inject private Snapshots snapshots;

  @Schedule(hour = "*", minute = "17", persistent = false)
  void tick() {
    snapshots.forgetAbandoned();
  }
}
