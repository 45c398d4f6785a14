package org.resticmanager.source;

import java.util.UUID;
import org.resticmanager.audit.Facts;

/**
 * A source group.
 *
 * @param id the source group
 * @param name unique on its host; the snapshots' tag
 * @param plan what was decided about it
 */
public record SourceGroupDetails(UUID id, String name, SourceGroupPlan plan) {

  /** For the audit trail. */
  Facts facts() {
    Paths paths = plan.paths();
    Retention retention = plan.retention();
    return Facts.with("includes", paths.includes())
        .and("excludes", paths.excludes())
        .and("excludeCaches", paths.excludeCaches())
        .and("excludeIfPresent", paths.excludeIfPresent())
        .and("oneFileSystem", paths.oneFileSystem())
        .and("keepLast", retention.keepLast())
        .and("keepHourly", retention.keepHourly())
        .and("keepDaily", retention.keepDaily())
        .and("keepWeekly", retention.keepWeekly())
        .and("keepMonthly", retention.keepMonthly())
        .and("keepYearly", retention.keepYearly())
        .and("keepWithin", retention.keepWithin())
        .and("keepTag", retention.keepTag())
        .and("retryMax", plan.retry().max())
        .and("retryBackoffSeconds", plan.retry().backoffSeconds())
        .and("preHook", plan.hooks().pre())
        .and("postHook", plan.hooks().post())
        .and("hookTimeoutSeconds", plan.hooks().timeoutSeconds())
        .and("floorBytes", plan.floorBytes());
  }
}
