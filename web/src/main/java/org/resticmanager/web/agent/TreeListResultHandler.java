package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.resticmanager.protocol.wire.TreeListResult;

/** The reply to a request for a folder in a snapshot. */
@ApplicationScoped
class TreeListResultHandler implements MessageHandler<TreeListResult> {

  @Override
  public Class<TreeListResult> takes() {
    return TreeListResult.class;
  }

  @Override
  public void handle(AgentLink link, TreeListResult message, Optional<String> id) {
    // nobody asks yet
  }
}
