package org.resticmanager.host;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What is known of a host.
 *
 * @param id the host
 * @param name ours: unique, given to restic as host name, kept when the machine is renamed
 * @param hostname what the machine calls itself
 * @param os {@code linux} or {@code windows}
 * @param arch {@code amd64} or {@code arm64}
 * @param agentVersion empty before the first connection
 * @param resticVersion empty if the agent has found no restic
 * @param protocolVersion 0 before the first connection
 * @param bootTime null if unknown
 * @param zone of its clock; null if its agent does not tell
 * @param enrolledAt when the host was enrolled
 * @param lastSeenAt when it was last heard of; null if never
 * @param online heard of within {@link #OFFLINE_AFTER}
 */
public record HostDetails(
    HostId id,
    String name,
    String hostname,
    String os,
    String arch,
    String agentVersion,
    String resticVersion,
    int protocolVersion,
    Instant bootTime,
    ZoneId zone,
    Instant enrolledAt,
    Instant lastSeenAt,
    boolean online) {

  /** Three heartbeats: one may be late and one lost before a host counts as offline. */
  public static final Duration OFFLINE_AFTER = Duration.ofSeconds(90);

  /** Null also for a name that only the host's own Java knows. */
  static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }

  static boolean online(Instant lastSeenAt, Instant now) {
    return lastSeenAt != null && lastSeenAt.plus(OFFLINE_AFTER).isAfter(now);
  }
}
