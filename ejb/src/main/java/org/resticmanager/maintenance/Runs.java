package org.resticmanager.maintenance;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import org.resticmanager.source.Cron;

/**
 * When schedules run, looked at for as long as it takes to see their rhythm.
 *
 * @param times in their order
 */
record Runs(List<ZonedDateTime> times) {

  /** Of each schedule: of one that runs every minute some hours, of one a year some years. */
  private static final int LOOKED_AT = 400;

  private static final Period FAR_ENOUGH = Period.ofDays(400);

  /** All of these together, as far as each of them is looked at. */
  static Runs of(List<Cron> schedules, ZonedDateTime from) {
    List<List<ZonedDateTime>> each =
        schedules.stream().map(schedule -> schedule.next(from, LOOKED_AT)).toList();
    ZonedDateTime until =
        each.stream()
            .filter(times -> times.size() == LOOKED_AT)
            .map(times -> times.get(LOOKED_AT - 1))
            .min(ZonedDateTime::compareTo)
            .filter(end -> end.isBefore(from.plus(FAR_ENOUGH)))
            .orElse(from.plus(FAR_ENOUGH));
    return new Runs(
        each.stream()
            .flatMap(List::stream)
            .filter(time -> !time.isAfter(until))
            .distinct()
            .sorted()
            .toList());
  }

  /** Whether no day has more than one. */
  boolean onceADayAtMost() {
    return times.stream().map(ZonedDateTime::toLocalDate).distinct().count() == times.size();
  }

  /** Whether no week, from Monday on, has more than one. */
  boolean onceAWeekAtMost() {
    return times.stream().map(time -> monday(time.toLocalDate())).distinct().count()
        == times.size();
  }

  private static LocalDate monday(LocalDate day) {
    return day.minusDays(day.getDayOfWeek().getValue() - 1L);
  }

  /** The most that lie within a span of this length, its end not counted. */
  long most(Duration span) {
    long most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (!times.get(first).plus(span).isAfter(times.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1L);
    }
    return most;
  }

  /** The longest time between two that follow each other; nothing if there are not two. */
  Duration longestPause() {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Duration pause = Duration.between(times.get(i - 1), times.get(i));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
    }
    return longest;
  }
}
