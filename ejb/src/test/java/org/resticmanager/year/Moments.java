package org.resticmanager.year;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a cron expression fires, by another library than the product's: what the clocks leave out
 * fires when they jump, what they show twice fires the first time.
 */
final class Moments {

  private Moments() {}

  /** All after a moment and before another. */
  static TreeSet<Instant> of(String expression, ZoneId zone, Instant after, Instant before) {
    CronExpression cron = CronExpression.parse("0 " + expression);
    TreeSet<Instant> moments = new TreeSet<>();
    LocalDateTime local = cron.next(LocalDateTime.ofInstant(after, zone).minusDays(2));
    while (local.isBefore(LocalDateTime.ofInstant(before, zone).plusDays(2))) {
      moments.add(instant(local, zone));
      local = cron.next(local);
    }
    moments.headSet(after, true).clear();
    moments.tailSet(before, true).clear();
    return moments;
  }

  private static Instant instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }
}
