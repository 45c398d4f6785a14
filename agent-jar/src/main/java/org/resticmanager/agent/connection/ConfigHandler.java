package org.resticmanager.agent.connection;

import java.io.IOException;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.protocol.wire.ConfigUpdate;

/** Takes over a repository connection. */
final class ConfigHandler implements Handler<ConfigUpdate> {

  private static final System.Logger LOG = System.getLogger(ConfigHandler.class.getName());

  private final SecretStore secrets;

  ConfigHandler(SecretStore secrets) {
    this.secrets = secrets;
  }

  @Override
  public void take(ConfigUpdate update, Exchange exchange) throws IOException {
    secrets.apply(update);
    LOG.log(System.Logger.Level.INFO, "took over the repository connection ({0})", update.slot());
  }
}
