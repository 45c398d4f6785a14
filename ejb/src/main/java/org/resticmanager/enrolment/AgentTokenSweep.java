package org.resticmanager.enrolment;

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
import org.resticmanager.connection.Connections;
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/** Looks now and then for tokens that have grown old, and for what a lost notification missed. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AgentTokenSweep {

  @Inject private Connections connections;
  @Inject private AgentTokenPush push;

  private final Tick tick = new Tick("old tokens of agents could not be looked for now");

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false)
  void tick() {
    tick.run(() -> push.look(connections.hosts()));
  }
}
