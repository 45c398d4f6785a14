package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.JobStarted;

/** restic runs. */
@ApplicationScoped
class JobStartedHandler implements MessageHandler<JobStarted> {

  @Inject private JobReports jobs;

  @Override
  public Class<JobStarted> takes() {
    return JobStarted.class;
  }

  @Override
  public void handle(AgentLink link, JobStarted message, Optional<String> id) {
    jobs.started(link.hostId(), message);
  }
}
