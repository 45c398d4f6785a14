package org.resticmanager.protocol.wire;

import java.time.Instant;
import java.util.List;

/**
 * The agent's first frame, within 10 s of the upgrade.
 *
 * @param protocolVersion the agent's version of the protocol, from 1; 0 if it names none, which is
 *     too old for every server
 * @param agentVersion the agent's own version
 * @param resticVersion the version of the restic found on the host; empty if there is none
 * @param hostname the machine's name, as it calls itself
 * @param os {@code linux} or {@code windows}
 * @param arch {@code amd64} or {@code arm64}
 * @param bootTime when the machine started; null if unknown
 * @param features extensions that the agent speaks; empty means the base protocol only
 * @param timeZone the zone of the host's clock, as {@code Europe/Berlin}; empty if unknown
 *     (extension {@code schedule_zone})
 * @param jobs the jobs that the agent still holds (extension {@code resume})
 */
public record Hello(
    int protocolVersion,
    String agentVersion,
    String resticVersion,
    String hostname,
    String os,
    String arch,
    Instant bootTime,
    @OmitEmpty List<String> features,
    @OmitEmpty String timeZone,
    @OmitEmpty List<HeldJob> jobs)
    implements AgentMessage {

  public Hello {
    Require.notNegative((long) protocolVersion, "protocol_version");
    Require.present(hostname, "hostname");
    agentVersion = Require.textOrEmpty(agentVersion);
    resticVersion = Require.textOrEmpty(resticVersion);
    os = Require.textOrEmpty(os);
    arch = Require.textOrEmpty(arch);
    timeZone = Require.textOrEmpty(timeZone);
    features = Require.listOrEmpty(features);
    jobs = Require.listOrEmpty(jobs);
  }
}
