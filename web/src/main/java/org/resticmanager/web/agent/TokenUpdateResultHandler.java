package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.enrolment.AgentTokens;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.protocol.wire.TokenUpdateResult;

/** The agent has its new token on its disk, or could not keep it. */
@ApplicationScoped
class TokenUpdateResultHandler implements MessageHandler<TokenUpdateResult> {

  private static final Logger LOG = Logger.getLogger(TokenUpdateResultHandler.class.getName());

  @Inject private AgentTokens tokens;

  @Override
  public Class<TokenUpdateResult> takes() {
    return TokenUpdateResult.class;
  }

  @Override
  public void handle(AgentLink link, TokenUpdateResult message, Optional<String> id) {
    UUID token = Ids.parse(id.orElse(""), "token");
    if (message.stored()) {
      tokens.stored(link.hostId(), token);
      return;
    }
    LOG.log(
        Level.WARNING,
        "host {0} cannot keep its new token, the old one stays: {1}",
        new Object[] {link.hostId(), VisibleText.logged(message.error())});
    tokens.notStored(link.hostId(), token);
  }
}
