package org.resticmanager.snapshot;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.resticmanager.source.Retention;

/** One rule of a retention that keeps the newest snapshot of each of so many spans of time. */
final class Bucket {

  private final int wanted;
  private final ToLongFunction<OffsetDateTime> span;
  private final String reason;
  private int keptSoFar;
  private long lastSpan = Long.MIN_VALUE;

  private Bucket(int wanted, ToLongFunction<OffsetDateTime> span, String reason) {
    this.wanted = wanted;
    this.span = span;
    this.reason = reason;
  }

  static Bucket hourly(Retention retention) {
    return new Bucket(
        retention.keepHourly(), time -> day(time) * 24 + time.getHour(), "hourly snapshot");
  }

  static Bucket daily(Retention retention) {
    return new Bucket(retention.keepDaily(), Bucket::day, "daily snapshot");
  }

  static Bucket weekly(Retention retention) {
    return new Bucket(retention.keepWeekly(), Bucket::week, "weekly snapshot");
  }

  static Bucket monthly(Retention retention) {
    return new Bucket(
        retention.keepMonthly(),
        time -> time.getYear() * 12L + time.getMonthValue(),
        "monthly snapshot");
  }

  static Bucket yearly(Retention retention) {
    return new Bucket(retention.keepYearly(), OffsetDateTime::getYear, "yearly snapshot");
  }

  private static long day(OffsetDateTime time) {
    return time.toLocalDate().toEpochDay();
  }

  private static long week(OffsetDateTime time) {
    return time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  /**
   * Why the next older snapshot stays; empty if not by this rule. The oldest of all stays while
   * there are fewer than wanted, so that the history is as long as it can be.
   */
  Optional<String> keeps(OffsetDateTime time, boolean oldest) {
    if (keptSoFar == wanted) {
      return Optional.empty();
    }
    long now = span.applyAsLong(time);
    boolean next = now != lastSpan;
    if (!next && !oldest) {
      return Optional.empty();
    }
    lastSpan = now;
    keptSoFar++;
    return Optional.of(next ? reason : "oldest " + reason);
  }
}
