package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.CommandResult;

/** The agent has a job on its disk, or refuses it. */
@ApplicationScoped
class CommandResultHandler implements MessageHandler<CommandResult> {

  @Inject private JobReports jobs;

  @Override
  public Class<CommandResult> takes() {
    return CommandResult.class;
  }

  @Override
  public void handle(AgentLink link, CommandResult message, Optional<String> id) {
    jobs.answered(link.hostId(), message);
  }
}
