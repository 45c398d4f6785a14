package org.resticmanager.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobEnded;
import org.resticmanager.platform.Background;
import org.resticmanager.repository.RepositoryConnectionChanged;
import org.resticmanager.source.SchedulesChanged;

/** Judges a host anew as soon as something has happened there; the sweep finds the rest. */
@ApplicationScoped
class HealthNews {

  @Inject private HealthChecks checks;
  @Inject private Background background;

  void onEnd(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded event) {
    judge(event.job().host());
  }

  void onSchedules(@Observes(during = TransactionPhase.AFTER_SUCCESS) SchedulesChanged event) {
    judge(event.host());
  }

  void onConnection(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) RepositoryConnectionChanged event) {
    judge(event.host());
  }

  private void judge(HostId host) {
    background.execute(() -> checks.judge(host));
  }
}
