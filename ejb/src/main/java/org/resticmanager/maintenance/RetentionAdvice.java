package org.resticmanager.maintenance;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Retention;

/**
 * Says where a retention contradicts how often its source group is backed up. Few things, each of
 * them certain.
 */
final class RetentionAdvice {

  private final Retention retention;
  private final Runs runs;
  private final List<RetentionWarning> warnings = new ArrayList<>();

  private RetentionAdvice(Retention retention, Runs runs) {
    this.retention = retention;
    this.runs = runs;
  }

  /**
   * What there is to say.
   *
   * @param group the name of the source group
   * @param schedules the enabled ones that back it up; nothing is said of the cadence without any
   * @param forgetEvery how often a forget is run
   * @param now where to begin looking at the schedules
   */
  static List<RetentionWarning> of(
      Retention retention,
      String group,
      Selection selection,
      List<Cron> schedules,
      Duration forgetEvery,
      ZonedDateTime now) {
    RetentionAdvice advice = new RetentionAdvice(retention, Runs.of(schedules, now));
    if (!retention.keepsAll()) {
      advice.onTags(group, selection);
      advice.onCadence(forgetEvery);
    }
    return advice.warnings;
  }

  private void onTags(String group, Selection selection) {
    if (retention.keepTag().contains(group)) {
      warn(
          "keeps-everything",
          "Nothing would ever be removed: every snapshot of this source group has the tag "
              + group
              + ".");
    } else if (selection.kept().isEmpty() && !selection.removed().isEmpty()) {
      warn(
          "keeps-nothing",
          "No snapshot would stay: none has a tag that is kept. restic refuses that, or removes all"
              + " of them, depending on its version.");
    }
  }

  private void onCadence(Duration forgetEvery) {
    if (runs.times().size() < 2) {
      return;
    }
    if (retention.keepHourly() > 0 && runs.onceADayAtMost()) {
      warn(
          "hourly-is-daily",
          "keepHourly counts hours that have a snapshot, and the schedules make one a day at most:"
              + " it keeps "
              + retention.keepHourly()
              + " days, not hours.");
    }
    if (retention.keepDaily() > 0 && runs.onceAWeekAtMost()) {
      warn(
          "daily-is-weekly",
          "keepDaily counts days that have a snapshot, and the schedules make one a week at most: it"
              + " keeps "
              + retention.keepDaily()
              + " weeks, not days.");
    }
    long between = runs.most(forgetEvery);
    if (only(retention.keepLast()) && retention.keepLast() < between) {
      warn(
          "last-too-few",
          "Up to "
              + between
              + " snapshots are made between two forgets, and only the newest "
              + retention.keepLast()
              + " of them stay: nothing reaches back to the forget before.");
    }
    if (onlyWithin() && within().compareTo(runs.longestPause()) < 0) {
      warn(
          "within-too-short",
          "Up to "
              + hours(runs.longestPause())
              + " hours pass between two snapshots, and keepWithin reaches back "
              + hours(within())
              + ": then only the newest one stays.");
    }
  }

  private boolean only(int count) {
    return count > 0 && count == counts() && retention.keepWithin().isEmpty();
  }

  private boolean onlyWithin() {
    return counts() == 0 && !retention.keepWithin().isEmpty() && retention.keepTag().isEmpty();
  }

  private long counts() {
    return (long) retention.keepLast()
        + retention.keepHourly()
        + retention.keepDaily()
        + retention.keepWeekly()
        + retention.keepMonthly()
        + retention.keepYearly();
  }

  /** At most so long: years and months are taken for long ones. */
  private Duration within() {
    Duration sum = Duration.ZERO;
    for (String part : retention.keepWithin().split("(?<=[ymdh])", -1)) {
      if (!part.isEmpty()) {
        long count = Long.parseLong(part.substring(0, part.length() - 1));
        sum =
            sum.plus(
                switch (part.charAt(part.length() - 1)) {
                  case 'y' -> Duration.ofDays(366 * count);
                  case 'm' -> Duration.ofDays(31 * count);
                  case 'd' -> Duration.ofDays(count);
                  default -> Duration.ofHours(count);
                });
      }
    }
    return sum;
  }

  private static long hours(Duration time) {
    return time.toHours();
  }

  private void warn(String code, String words) {
    warnings.add(new RetentionWarning(code, words));
  }
}
