package org.resticmanager.protocol.wire;

import java.util.List;

/**
 * The server's first frame to an agent that sent {@code features}.
 *
 * @param protocolVersion the server's version of the protocol, from 1
 * @param serverVersion the control plane's own version
 * @param features the extensions that both sides know: only these may be used
 * @param heartbeatSeconds how often the server wants a heartbeat
 */
public record Welcome(
    int protocolVersion, String serverVersion, List<String> features, int heartbeatSeconds)
    implements ServerMessage {

  public Welcome {
    if (protocolVersion < 1) {
      throw new IllegalArgumentException("protocol_version is missing");
    }
    serverVersion = Require.textOrEmpty(serverVersion);
    features = Require.listOrEmpty(features);
    Require.notNegative((long) heartbeatSeconds, "heartbeat_seconds");
  }
}
