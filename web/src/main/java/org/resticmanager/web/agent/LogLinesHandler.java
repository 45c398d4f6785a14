package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.protocol.wire.LogLines;

/** Several lines in one message: the same as each in one of its own. */
@ApplicationScoped
class LogLinesHandler implements MessageHandler<LogLines> {

  @Inject private LogStreamHandler lines;

  @Override
  public Class<LogLines> takes() {
    return LogLines.class;
  }

  @Override
  public void handle(AgentLink link, LogLines message, Optional<String> id) {
    lines.handleAll(link, message.oneByOne());
  }
}
