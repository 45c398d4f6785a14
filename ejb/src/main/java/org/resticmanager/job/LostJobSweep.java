package org.resticmanager.job;

import jakarta.annotation.PostConstruct;
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
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/** Ends the running jobs of hosts that do not come back: somebody waits for an end. */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class LostJobSweep {

  private static final Logger LOG = Logger.getLogger(LostJobSweep.class.getName());

  /** If it was the control plane that was away, the agents need a while to come back. */
  private static final Duration COME_BACK_WITHIN = Duration.ofMinutes(10);

  @Inject private Dispatch dispatch;

  private final Tick tick = new Tick("lost jobs could not be looked for now");
  private long startedNanos;

  @PostConstruct
  void start() {
    startedNanos = System.nanoTime(); // a clock may be set meanwhile
  }

  @Schedule(hour = "*", minute = "*", persistent = false)
  void tick() {
    if (System.nanoTime() - startedNanos > COME_BACK_WITHIN.toNanos()) {
      tick.run(() -> dispatch.lostJobs().forEach(this::end));
    }
  }

  /** One job's trouble must not keep the others. */
  private void end(JobId job) {
    try {
      dispatch.lose(job);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "could not end job " + job + " of a lost host", e);
    }
  }
}
