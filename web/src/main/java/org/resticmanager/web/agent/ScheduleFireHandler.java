package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.ScheduledBackups;
import org.resticmanager.protocol.wire.ScheduleFire;

/** A schedule of the agent has fired. */
@ApplicationScoped
class ScheduleFireHandler implements MessageHandler<ScheduleFire> {

  @Inject private ScheduledBackups backups;

  @Override
  public Class<ScheduleFire> takes() {
    return ScheduleFire.class;
  }

  @Override
  public void handle(AgentLink link, ScheduleFire message, Optional<String> id) {
    backups.fired(link.hostId(), message);
  }
}
