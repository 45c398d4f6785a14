package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.protocol.wire.WireError;

/** Something that we sent was not understood, or could not be done. */
@ApplicationScoped
class WireErrorHandler implements MessageHandler<WireError> {

  private static final Logger LOG = Logger.getLogger(WireErrorHandler.class.getName());

  @Override
  public Class<WireError> takes() {
    return WireError.class;
  }

  @Override
  public void handle(AgentLink link, WireError message, Optional<String> id) {
    LOG.log(
        Level.WARNING,
        "the agent of host {0} reports {1}: {2}",
        new Object[] {
          link.hostId(), VisibleText.logged(message.code()), VisibleText.logged(message.message())
        });
  }
}
