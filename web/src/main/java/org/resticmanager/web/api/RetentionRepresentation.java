package org.resticmanager.web.api;

import java.util.Arrays;
import java.util.List;
import org.resticmanager.source.Retention;

/**
 * How long snapshots are kept: restic's {@code --keep-} values, absent for none.
 *
 * @param keepLast the newest so many
 * @param keepHourly of so many hours the newest
 * @param keepDaily of so many days the newest
 * @param keepWeekly of so many weeks the newest
 * @param keepMonthly of so many months the newest
 * @param keepYearly of so many years the newest
 * @param keepWithin all within restic's duration, for example {@code 1y5m7d2h}
 * @param keepTag all with one of these tags
 */
public record RetentionRepresentation(
    Integer keepLast,
    Integer keepHourly,
    Integer keepDaily,
    Integer keepWeekly,
    Integer keepMonthly,
    Integer keepYearly,
    String keepWithin,
    List<String> keepTag) {

  /** Null for one that keeps everything. */
  static RetentionRepresentation of(Retention retention) {
    if (retention.keepsAll()) {
      return null;
    }
    return new RetentionRepresentation(
        orAbsent(retention.keepLast()),
        orAbsent(retention.keepHourly()),
        orAbsent(retention.keepDaily()),
        orAbsent(retention.keepWeekly()),
        orAbsent(retention.keepMonthly()),
        orAbsent(retention.keepYearly()),
        retention.keepWithin().isEmpty() ? null : retention.keepWithin(),
        retention.keepTag().isEmpty() ? null : retention.keepTag());
  }

  List<Object> editable() {
    return Arrays.asList(
        keepLast, keepHourly, keepDaily, keepWeekly, keepMonthly, keepYearly, keepWithin, keepTag);
  }

  private static Integer orAbsent(int count) {
    return count == 0 ? null : count;
  }

  /** The same for the rules; absent keeps everything. */
  static Retention retention(RetentionRepresentation given) {
    return given == null
        ? Retention.ALL
        : new Retention(
            orZero(given.keepLast),
            orZero(given.keepHourly),
            orZero(given.keepDaily),
            orZero(given.keepWeekly),
            orZero(given.keepMonthly),
            orZero(given.keepYearly),
            given.keepWithin,
            given.keepTag);
  }

  private static int orZero(Integer count) {
    return count == null ? 0 : count;
  }
}
