package org.resticmanager.audit;

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
import org.resticmanager.platform.Tick;
import org.resticmanager.secret.SecretKeyCheck;

/** Lets new audit events join the chain every few seconds. */
@Singleton
@Startup
@DependsOn(SecretKeyCheck.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditSweep {

  @Inject private AuditChain chain;

  private final Tick tick = new Tick("the audit trail's chain could not be made longer now");

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void tick() {
    tick.run(
        () -> {
          while (chain.extend()) {
            // step by step, each a transaction
          }
        });
  }
}
