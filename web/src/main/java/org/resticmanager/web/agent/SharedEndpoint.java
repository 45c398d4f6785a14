package org.resticmanager.web.agent;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;

/**
 * All sockets share the one endpoint that CDI has made. Without it Tyrus makes one for each socket,
 * looking at the class anew, one after the other under a lock: at a few dozen a second a fleet that
 * comes back at once does not get in before its agents lose patience.
 */
public final class SharedEndpoint extends ServerEndpointConfig.Configurator {

  @Override
  public <T> T getEndpointInstance(Class<T> endpoint) {
    return CDI.current().select(endpoint).get();
  }
}
