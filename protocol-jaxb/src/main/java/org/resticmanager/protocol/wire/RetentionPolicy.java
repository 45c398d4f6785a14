package org.resticmanager.protocol.wire;

import java.util.List;

/**
 * How long snapshots are kept: restic's {@code --keep-*} values. A value of 0, the empty text and
 * the empty list say nothing. A policy that says nothing at all would delete everything: whoever is
 * to act on one refuses it. A key that begins with {@code keep_} and is not known is refused too:
 * to ignore it could delete more than was asked.
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
@RefuseUnknown(prefix = "keep_")
public record RetentionPolicy(
    @OmitEmpty int keepLast,
    @OmitEmpty int keepHourly,
    @OmitEmpty int keepDaily,
    @OmitEmpty int keepWeekly,
    @OmitEmpty int keepMonthly,
    @OmitEmpty int keepYearly,
    @OmitEmpty String keepWithin,
    @OmitEmpty List<String> keepTag) {

  public RetentionPolicy {
    Require.notNegative((long) keepLast, "keep_last");
    Require.notNegative((long) keepHourly, "keep_hourly");
    Require.notNegative((long) keepDaily, "keep_daily");
    Require.notNegative((long) keepWeekly, "keep_weekly");
    Require.notNegative((long) keepMonthly, "keep_monthly");
    Require.notNegative((long) keepYearly, "keep_yearly");
    keepWithin = Require.textOrEmpty(keepWithin);
    keepTag = Require.listOrEmpty(keepTag);
  }

  /** Whether it keeps nothing. */
  public boolean empty() {
    return keepLast == 0
        && keepHourly == 0
        && keepDaily == 0
        && keepWeekly == 0
        && keepMonthly == 0
        && keepYearly == 0
        && keepWithin.isEmpty()
        && keepTag.isEmpty();
  }
}
