package org.resticmanager.trace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.resticmanager.job.JobEnded;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.ControlPlaneSettings;

/** Sends the trace of each job when it has ended, from the node that was told. */
@ApplicationScoped
public class Traces {

  @Inject private Collector collector;
  @Inject private ControlPlaneSettings settings;
  @Inject private Background background;

  void onEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded event) {
    if (event.job().status().ended() && collector.present()) {
      background.execute(() -> collector.send(JobTrace.of(event.job(), settings.version())));
    }
  }
}
