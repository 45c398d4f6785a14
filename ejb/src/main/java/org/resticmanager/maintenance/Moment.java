package org.resticmanager.maintenance;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.resticmanager.source.Cron;

/**
 * When an operation is due.
 *
 * @param cron by the clock of the zone
 * @param zone a time zone
 * @param enabled whether it is done by itself at all
 */
public record Moment(Cron cron, ZoneId zone, boolean enabled) {

  public Moment {
    requireNonNull(cron);
    requireNonNull(zone);
  }

  /** The first one after this instant. */
  Instant after(Instant now) {
    List<ZonedDateTime> next = cron.next(now.atZone(zone), 1);
    // a cron that never fires cannot be made
    return next.get(0).toInstant();
  }
}
