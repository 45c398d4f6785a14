package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * The agent has applied a version of its schedules.
 *
 * @param version the applied version
 * @param appliedAt when; null if unknown
 */
public record ScheduleAck(long version, Instant appliedAt) implements AgentMessage {

  public ScheduleAck {
    Require.notNegative(version, "version");
  }
}
