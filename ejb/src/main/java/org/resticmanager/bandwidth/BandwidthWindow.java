package org.resticmanager.bandwidth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.resticmanager.platform.Invalid;

/**
 * Hours of the week with limits of their own.
 *
 * @param days on which it begins
 * @param from when it begins
 * @param to when it ends; on the next day if that is not later
 * @param limits what holds in it
 */
public record BandwidthWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, Bandwidth limits) {

  /**
   * @throws Invalid if there is no day, or a time is missing
   */
  public BandwidthWindow {
    if (days == null || days.isEmpty()) {
      throw new Invalid("windows", "must name the days of each window");
    }
    if (from == null || to == null) {
      throw new Invalid("windows", "must say from when to when, as in '08:00' and '18:00'");
    }
    days = EnumSet.copyOf(days);
  }

  /** Whether a moment lies in it, by the clock of the moment's zone. */
  boolean holds(ZonedDateTime moment) {
    LocalTime time = moment.toLocalTime();
    LocalDate today = moment.toLocalDate();
    if (to.isAfter(from)) {
      return beginsOn(today) && !time.isBefore(from) && time.isBefore(to);
    }
    return (beginsOn(today) && !time.isBefore(from))
        || (beginsOn(today.minusDays(1)) && time.isBefore(to));
  }

  private boolean beginsOn(LocalDate day) {
    return days.contains(day.getDayOfWeek());
  }
}
