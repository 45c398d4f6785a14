package org.resticmanager.protocol.wire;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * When the agent fires: a cron expression over one or more source groups.
 *
 * @param id the schedule
 * @param cronExpr five fields
 * @param zone by whose clock, as {@code Europe/Berlin}; empty for the host's own (extension {@code
 *     schedule_zone})
 * @param enabled whether it fires
 * @param sourceGroups what it covers; for the agent's records
 */
public record Schedule(
    String id,
    String cronExpr,
    @OmitEmpty String zone,
    boolean enabled,
    @OmitEmpty List<ScheduledSourceGroup> sourceGroups) {

  public Schedule {
    Require.present(id, "id");
    Require.present(cronExpr, "cron_expr");
    zone = Require.textOrEmpty(zone);
    sourceGroups = Require.listOrEmpty(sourceGroups);
  }

  /**
   * A source group as it stood when the schedule was pushed.
   *
   * @param name unique per host; the snapshots' tag
   * @param includes paths to back up
   * @param excludes restic's exclude patterns
   * @param retentionPolicy restic's keep-* values; null if none
   * @param retryMax how often a failed backup is tried again
   * @param retryBackoffSeconds the first pause before a retry
   */
  public record ScheduledSourceGroup(
      String name,
      @OmitEmpty List<String> includes,
      @OmitEmpty List<String> excludes,
      JsonObject retentionPolicy,
      @OmitEmpty int retryMax,
      @OmitEmpty int retryBackoffSeconds) {

    public ScheduledSourceGroup {
      Require.present(name, "name");
      includes = Require.listOrEmpty(includes);
      excludes = Require.listOrEmpty(excludes);
      Require.notNegative((long) retryMax, "retry_max");
      Require.notNegative((long) retryBackoffSeconds, "retry_backoff_seconds");
    }
  }
}
