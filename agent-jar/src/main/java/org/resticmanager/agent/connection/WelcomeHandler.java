package org.resticmanager.agent.connection;

import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.job.Agreed;
import org.resticmanager.protocol.wire.Welcome;

/** The server names itself and the extensions that it speaks. */
final class WelcomeHandler implements Handler<Welcome> {

  private static final System.Logger LOG = System.getLogger(WelcomeHandler.class.getName());

  private final Agreed agreed;

  WelcomeHandler(Agreed agreed) {
    this.agreed = agreed;
  }

  @Override
  public void take(Welcome welcome, Exchange exchange) {
    exchange.dialect().welcomed(welcome);
    agreed.on(welcome.features());
    LOG.log(
        System.Logger.Level.INFO,
        "the server is restic-manager {0}",
        Words.oneLine(welcome.serverVersion()));
  }
}
