package org.resticmanager.protocol.wire;

import java.util.Set;

/**
 * The reply to {@link TokenUpdate} (extension {@code token}).
 *
 * @param stored whether the new token is on the agent's disk, so that it survives a crash
 * @param error why not; empty if it is
 */
public record TokenUpdateResult(boolean stored, @OmitEmpty String error) implements AgentMessage {

  public TokenUpdateResult {
    error = Require.textOrEmpty(error);
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.TOKEN);
  }
}
