package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * A local cron entry has fired. The server answers with one {@code command.run} per source group,
 * at most once for each schedule, source group and {@code scheduledAt}: repeating it is harmless.
 *
 * @param scheduleId the schedule
 * @param scheduledAt the moment that the cron expression named, not the moment of sending
 */
public record ScheduleFire(String scheduleId, Instant scheduledAt) implements AgentMessage {

  public ScheduleFire {
    Require.present(scheduleId, "schedule_id");
    Require.present(scheduledAt, "scheduled_at");
  }
}
