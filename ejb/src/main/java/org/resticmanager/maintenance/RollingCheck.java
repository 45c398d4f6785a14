package org.resticmanager.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobEnded;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** Moves on to the next part of the data when a check has read its own, in the same transaction. */
@ApplicationScoped
class RollingCheck {

  @Inject private MaintenanceStore store;

  void onEnd(@Observes JobEnded event) {
    JobDetails job = event.job();
    if (job.kind() == JobKind.CHECK && job.status() == JobStatus.SUCCEEDED) {
      store.partRead(job.id(), job.first());
    }
  }
}
