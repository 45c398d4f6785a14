package org.resticmanager.agent.connection;

import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.protocol.wire.TokenUpdate;
import org.resticmanager.protocol.wire.TokenUpdateResult;

/**
 * Stores a new token, and only then says so. The server takes the old one as well until it has
 * heard that, so a crash in between does no harm.
 */
final class TokenHandler implements Handler<TokenUpdate> {

  private static final System.Logger LOG = System.getLogger(TokenHandler.class.getName());

  private final EnrolmentStore enrolments;

  TokenHandler(EnrolmentStore enrolments) {
    this.enrolments = enrolments;
  }

  @Override
  public void take(TokenUpdate update, Exchange exchange) {
    try {
      Enrolment enrolment =
          enrolments
              .load()
              .orElseThrow(() -> new ConfigProblem("this agent is not enrolled any more"));
      enrolments.save(enrolment.withAgentToken(update.token()));
    } catch (ConfigProblem e) {
      exchange.warn("the new token of this agent cannot be stored: " + e.getMessage());
      exchange.answer(new TokenUpdateResult(false, e.getMessage()));
      return;
    }
    LOG.log(System.Logger.Level.INFO, "took over a new token for this agent");
    exchange.answer(new TokenUpdateResult(true, ""));
  }
}
