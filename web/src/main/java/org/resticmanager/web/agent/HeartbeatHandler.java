package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.resticmanager.protocol.wire.Heartbeat;

/** A sign of life, which every frame is: there is nothing more to it. */
@ApplicationScoped
class HeartbeatHandler implements MessageHandler<Heartbeat> {

  @Override
  public Class<Heartbeat> takes() {
    return Heartbeat.class;
  }

  @Override
  public void handle(AgentLink link, Heartbeat message, Optional<String> id) {
    // the link notes that the host was heard of
  }
}
