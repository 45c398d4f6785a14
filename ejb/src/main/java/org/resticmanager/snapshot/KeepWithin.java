package org.resticmanager.snapshot;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How far back restic's {@code --keep-within} reaches.
 *
 * @param years to go back, like the others
 */
record KeepWithin(int years, int months, int days, int hours) {

  private static final Pattern PART = Pattern.compile("(\\d+)([ymdh])");

  /** Reads it as restic does: of a unit that is given twice, the last one counts. */
  static KeepWithin parse(String text) {
    return new KeepWithin(last(text, "y"), last(text, "m"), last(text, "d"), last(text, "h"));
  }

  private static int last(String text, String unit) {
    return PART.matcher(text)
        .results()
        .filter(part -> part.group(2).equals(unit))
        .reduce((earlier, later) -> later)
        .map(KeepWithin::count)
        .orElse(0);
  }

  private static int count(MatchResult part) {
    return Integer.parseInt(part.group(1));
  }

  boolean nothing() {
    return years == 0 && months == 0 && days == 0 && hours == 0;
  }

  /**
   * The moment so long before. A day that the month does not have is counted on into the next one,
   * as restic does: a month before 31 March is 3 March.
   */
  OffsetDateTime before(OffsetDateTime latest) {
    LocalDate day =
        LocalDate.of(latest.getYear() - years, 1, 1)
            .plusMonths(latest.getMonthValue() - 1L - months)
            .plusDays(latest.getDayOfMonth() - 1L - days);
    ZoneOffset offset = latest.getOffset();
    return day.atTime(latest.toLocalTime()).atOffset(offset).minusHours(hours);
  }

  /** As restic writes it. */
  @Override
  public String toString() {
    return part(years, "y") + part(months, "m") + part(days, "d") + part(hours, "h");
  }

  private static String part(int count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
