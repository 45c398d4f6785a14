package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.resticmanager.protocol.wire.ScheduleAck;

/** The agent has applied its schedules. */
@ApplicationScoped
class ScheduleAckHandler implements MessageHandler<ScheduleAck> {

  @Override
  public Class<ScheduleAck> takes() {
    return ScheduleAck.class;
  }

  @Override
  public void handle(AgentLink link, ScheduleAck message, Optional<String> id) {
    // there are no schedules yet
  }
}
