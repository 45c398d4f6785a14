package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.Conversation;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.WireError;

/** The beginning of the conversation. */
@ApplicationScoped
class HelloHandler implements MessageHandler<Hello> {

  private static final Logger LOG = Logger.getLogger(HelloHandler.class.getName());

  @Inject private Conversation conversation;

  @Override
  public Class<Hello> takes() {
    return Hello.class;
  }

  @Override
  public void handle(AgentLink link, Hello message, Optional<String> id) {
    if (link.agreed()) {
      link.send(new WireError("hello_repeated", "Hello is said once on a connection.", null));
      return;
    }
    LOG.log(
        Level.INFO,
        "host {0} connected: agent {1}, restic {2}",
        new Object[] {
          link.hostId(),
          VisibleText.logged(message.agentVersion()),
          VisibleText.logged(message.resticVersion())
        });
    conversation.greet(link, message);
  }
}
