package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.JobProgress;

/** How far a job is. */
@ApplicationScoped
class JobProgressHandler implements MessageHandler<JobProgress> {

  @Inject private JobReports jobs;

  @Override
  public Class<JobProgress> takes() {
    return JobProgress.class;
  }

  @Override
  public void handle(AgentLink link, JobProgress message, Optional<String> id) {
    jobs.progressed(link.hostId(), message);
  }
}
