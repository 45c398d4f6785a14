package org.resticmanager.agent.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What makes this process the agent of one host.
 *
 * @param server the control plane's address, without a slash at its end
 * @param hostId the host, as the control plane knows it
 * @param hostName the host's name there; given to restic, so that it stays when the machine is
 *     renamed
 * @param agentToken proves who we are; secret
 * @param restic the restic to run; empty means the one on PATH
 * @param pin the key by which the control plane must show itself; empty if any that Java trusts
 *     will do
 */
public record Enrolment(
    URI server,
    String hostId,
    String hostName,
    String agentToken,
    Optional<Path> restic,
    Optional<Pin> pin) {

  public Enrolment {
    Objects.requireNonNull(server);
    Objects.requireNonNull(hostId);
    Objects.requireNonNull(hostName);
    Objects.requireNonNull(agentToken);
    Objects.requireNonNull(restic);
    Objects.requireNonNull(pin);
  }

  /** One that pins nothing. */
  public Enrolment(
      URI server, String hostId, String hostName, String agentToken, Optional<Path> restic) {
    this(server, hostId, hostName, agentToken, restic, Optional.empty());
  }

  /** The same with another token. */
  public Enrolment withAgentToken(String newToken) {
    return new Enrolment(server, hostId, hostName, newToken, restic, pin);
  }

  /** Without the token, which must never reach a log. */
  @Override
  public String toString() {
    return "Enrolment[server=" + server + ", hostId=" + hostId + ", hostName=" + hostName + "]";
  }
}
