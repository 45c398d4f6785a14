package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.repository.Repositories;

/** What an agent learnt of its repository. */
@ApplicationScoped
class RepoStatsHandler implements MessageHandler<RepoStats> {

  @Inject private Repositories repositories;

  @Override
  public Class<RepoStats> takes() {
    return RepoStats.class;
  }

  @Override
  public void handle(AgentLink link, RepoStats message, Optional<String> id) {
    repositories.measured(link.hostId(), message);
  }
}
