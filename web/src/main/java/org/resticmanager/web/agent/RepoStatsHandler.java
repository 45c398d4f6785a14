package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.RepoStats;

/** What an agent learnt of its repository. */
@ApplicationScoped
class RepoStatsHandler implements MessageHandler<RepoStats> {

  @Inject private JobReports reports;

  @Override
  public Class<RepoStats> takes() {
    return RepoStats.class;
  }

  @Override
  public void handle(AgentLink link, RepoStats message, Optional<String> id) {
    reports.measured(link.hostId(), message);
  }
}
