package org.resticmanager.year;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.resticmanager.source.BlackoutWindows;

/**
 * A blackout window that begins and ends on one day, as a test reckons it.
 *
 * @param days on which it is
 */
record QuietHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  /** The first moment from this one on that does not lie in it. */
  Instant over(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    boolean inside =
        days.contains(local.getDayOfWeek())
            && !local.toLocalTime().isBefore(from)
            && local.toLocalTime().isBefore(to);
    return inside ? local.toLocalDate().atTime(to).atZone(zone).toInstant() : moment;
  }

  boolean contain(Instant moment) {
    return over(moment).isAfter(moment);
  }

  /** The same as the product has it. */
  BlackoutWindows windows() {
    return BlackoutWindows.of(zone.getId(), List.of(new BlackoutWindows.Window(days, from, to)));
  }
}
