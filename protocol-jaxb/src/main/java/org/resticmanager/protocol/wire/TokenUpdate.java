package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * The agent's token is to be replaced by this one (extension {@code token}). The agent stores it,
 * and signs in with it from then on; it is answered by {@link TokenUpdateResult} with the same
 * envelope id.
 *
 * @param token the new token; secret
 */
public record TokenUpdate(String token) implements ServerMessage {

  public TokenUpdate {
    Require.present(token, "token");
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.TOKEN);
  }

  /** Without the secret, which must never reach a log. */
  @Override
  public String toString() {
    return "TokenUpdate[]";
  }
}
