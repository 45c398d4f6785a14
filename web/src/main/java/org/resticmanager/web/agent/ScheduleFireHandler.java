package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.ScheduleFire;

/** A schedule of the agent has fired. */
@ApplicationScoped
class ScheduleFireHandler implements MessageHandler<ScheduleFire> {

  @Override
  public Class<ScheduleFire> takes() {
    return ScheduleFire.class;
  }

  @Override
  public void handle(AgentLink link, ScheduleFire message, Optional<String> id) {
    throw new NotFound("schedule", message.scheduleId());
  }
}
