package org.resticmanager.agent.connection;

import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.Words;
import org.resticmanager.protocol.wire.AgentUpdateAvailable;

/** Tells whoever reads the log of a newer agent, once for each version. */
final class UpdateAvailableHandler implements Handler<AgentUpdateAvailable> {

  private static final System.Logger LOG = System.getLogger(UpdateAvailableHandler.class.getName());

  private String toldOf = "";

  @Override
  public synchronized void take(AgentUpdateAvailable update, Exchange exchange) {
    if (update.latestVersion().equals(toldOf)) {
      return;
    }
    toldOf = update.latestVersion();
    LOG.log(
        System.Logger.Level.INFO,
        "there is a newer agent: {0}, this is {1}{2}",
        Words.oneLine(update.latestVersion()),
        AgentVersion.current(),
        update.packageUrl().isEmpty() ? "" : "; see " + Words.oneLine(update.packageUrl()));
  }
}
