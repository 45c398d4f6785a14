package org.resticmanager.source;

import java.util.List;
import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.wire.RetentionPolicy;

/**
 * How long the snapshots of a source group are kept. One that says nothing keeps all of them: no
 * forget is ever run for it.
 *
 * @param keepLast the newest so many; 0 for none, like the other numbers
 * @param keepHourly the newest of each of so many hours that have one
 * @param keepDaily likewise of days
 * @param keepWeekly likewise of weeks
 * @param keepMonthly likewise of months
 * @param keepYearly likewise of years
 * @param keepWithin all that are younger than the newest by no more than this, in restic's words
 *     ({@code 1y5m7d2h}); empty for none
 * @param keepTag all that have one of these tags
 */
public record Retention(
    int keepLast,
    int keepHourly,
    int keepDaily,
    int keepWeekly,
    int keepMonthly,
    int keepYearly,
    String keepWithin,
    List<String> keepTag) {

  private static final int MOST = 100_000;
  private static final int MOST_TAGS = 100;
  private static final int LONGEST_TAG = 100;
  private static final Pattern WITHIN = Pattern.compile("(\\d{1,6}[ymdh])*");

  /** Keeps everything. */
  public static final Retention ALL = new Retention(0, 0, 0, 0, 0, 0, "", List.of());

  /** What people are offered for a new source group. */
  public static final Retention SUGGESTED = new Retention(0, 0, 7, 4, 12, 0, "", List.of());

  /**
   * @throws Invalid if a number is out of its range, or a text is not as restic wants it
   */
  public Retention {
    check(keepLast, "keepLast");
    check(keepHourly, "keepHourly");
    check(keepDaily, "keepDaily");
    check(keepWeekly, "keepWeekly");
    check(keepMonthly, "keepMonthly");
    check(keepYearly, "keepYearly");
    keepWithin = keepWithin == null ? "" : keepWithin.strip();
    if (!WITHIN.matcher(keepWithin).matches()) {
      throw new Invalid("keepWithin", "must be years, months, days and hours, as in '1y5m7d2h'");
    }
    if (keepWithin.matches("(0+[ymdh])+")) {
      // for restic that says nothing, and a policy of nothing is an error
      throw new Invalid("keepWithin", "must be longer than nothing, or be left out");
    }
    keepTag = keepTag == null ? List.of() : List.copyOf(keepTag);
    if (keepTag.size() > MOST_TAGS) {
      throw new Invalid("keepTag", "must not hold more than " + MOST_TAGS + " tags");
    }
    for (String tag : keepTag) {
      Invalid.requireText(tag, "keepTag", LONGEST_TAG);
      if (tag.indexOf(',') >= 0) {
        throw new Invalid("keepTag", "must hold single tags, without a comma");
      }
    }
  }

  private static void check(int count, String field) {
    if (count < 0 || count > MOST) {
      throw new Invalid(field, "must be from 0 to " + MOST);
    }
  }

  /** Whether it says nothing, and so keeps everything. */
  public boolean keepsAll() {
    return policy().empty();
  }

  /** The same for an agent; never send one that says nothing. */
  public RetentionPolicy policy() {
    return new RetentionPolicy(
        keepLast, keepHourly, keepDaily, keepWeekly, keepMonthly, keepYearly, keepWithin, keepTag);
  }
}
