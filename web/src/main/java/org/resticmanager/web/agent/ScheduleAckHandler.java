package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.source.Schedules;

/** The agent has applied its schedules. */
@ApplicationScoped
class ScheduleAckHandler implements MessageHandler<ScheduleAck> {

  @Inject private Schedules schedules;

  @Override
  public Class<ScheduleAck> takes() {
    return ScheduleAck.class;
  }

  @Override
  public void handle(AgentLink link, ScheduleAck message, Optional<String> id) {
    schedules.applied(link.hostId(), message);
  }
}
