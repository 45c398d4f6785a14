package org.resticmanager.web.api;

import java.time.Instant;
import java.util.List;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Tags;
import org.resticmanager.source.ScheduleState;

/**
 * A host.
 *
 * @param id the host
 * @param name unique; also the host name in its snapshots
 * @param hostname what the machine calls itself
 * @param os {@code linux} or {@code windows}
 * @param arch {@code amd64} or {@code arm64}
 * @param agentVersion empty before the first connection
 * @param resticVersion empty if the agent has found no restic
 * @param online heard of within 90 s
 * @param enrolledAt when it was enrolled
 * @param lastSeenAt when it was last heard of; absent if never
 * @param bootTime when the machine started; absent if unknown
 * @param zone of its clock; absent if its agent does not tell
 * @param scheduleVersion of its list of schedules; 0 if there never was one
 * @param appliedScheduleVersion the newest that its agent has applied; absent if none is known
 * @param scheduleDrift whether the agent lags behind
 * @param tags what people call it besides its name, sorted
 */
public record HostRepresentation(
    String id,
    String name,
    String hostname,
    String os,
    String arch,
    String agentVersion,
    String resticVersion,
    boolean online,
    Instant enrolledAt,
    Instant lastSeenAt,
    Instant bootTime,
    String zone,
    long scheduleVersion,
    Long appliedScheduleVersion,
    boolean scheduleDrift,
    List<String> tags) {

  static HostRepresentation of(HostDetails host, ScheduleState schedules, Tags tags) {
    return new HostRepresentation(
        host.id().toString(),
        host.name(),
        host.hostname(),
        host.os(),
        host.arch(),
        host.agentVersion(),
        host.resticVersion(),
        host.online(),
        host.enrolledAt(),
        host.lastSeenAt(),
        host.bootTime(),
        host.zone() == null ? null : host.zone().getId(),
        schedules.version(),
        schedules.appliedVersion(),
        schedules.drift(),
        tags.names());
  }
}
