package org.resticmanager.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.resticmanager.protocol.cron.CronTimes;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Retention;
import org.resticmanager.source.Timing;

/**
 * The snapshots that a source group would have by now if it had been backed up for two years: to
 * show what a retention does before there is any.
 */
public final class ExampleHistory {

  private static final Timing NIGHTLY =
      new Timing(new Cron("30 3 * * *"), Optional.empty(), Timing.DEFAULT_JITTER_SECONDS);

  private static final Period REACH = Period.ofYears(2);

  /** A schedule that fires more often than hourly reaches back less far. */
  private static final int MOST = 20_000;

  /** Each is twice as long as the one before: of what fires every minute not much is too much. */
  private static final Duration FIRST_STEP = Duration.ofDays(1);

  private ExampleHistory() {}

  /**
   * What a forget would do to them.
   *
   * @param group the name of the source group, which each of them has as tag
   * @param timings of the schedules that back it up; none: once a night
   * @param hostZone the zone of the host's clock; null if nobody knows it
   */
  public static Selection select(
      Retention retention, String group, List<Timing> timings, ZoneId hostZone, Instant now) {
    List<SnapshotDetails> snapshots =
        times(timings.isEmpty() ? List.of(NIGHTLY) : timings, hostZone, now).stream()
            .map(time -> snapshot(time, group))
            .toList();
    return Selector.select(retention, snapshots, now);
  }

  /** From now backwards, so that the newest are those that are there. */
  private static Collection<ZonedDateTime> times(
      List<Timing> timings, ZoneId hostZone, Instant now) {
    List<Firing> firings = timings.stream().map(timing -> Firing.of(timing, hostZone)).toList();
    TreeMap<Instant, ZonedDateTime> times = new TreeMap<>();
    Instant first = now.atZone(NIGHTLY.clock(hostZone)).minus(REACH).toInstant();
    Instant until = now;
    Duration step = FIRST_STEP;
    while (until.isAfter(first) && times.size() < MOST) {
      Instant from = until.minus(step).isBefore(first) ? first : until.minus(step);
      for (Firing firing : firings) {
        firing.between(from, until).forEach(time -> times.put(time, time.atZone(firing.zone())));
      }
      until = from;
      step = step.multipliedBy(2);
    }
    while (times.size() > MOST) {
      times.pollFirstEntry();
    }
    return times.values();
  }

  private static SnapshotDetails snapshot(ZonedDateTime time, String group) {
    return new SnapshotDetails(
        "", "", time.toInstant(), time.getOffset(), "", List.of(), List.of(group), 0, 0);
  }

  /** A schedule, read once. */
  private record Firing(CronTimes cron, ZoneId zone) {

    static Firing of(Timing timing, ZoneId hostZone) {
      ZoneId zone = timing.clock(hostZone);
      return new Firing(timing.cron().in(zone), zone);
    }

    /** The first moment does not count, the last one does. */
    List<Instant> between(Instant from, Instant until) {
      List<Instant> times = new ArrayList<>();
      Optional<Instant> next = cron.nextAfter(from);
      while (next.isPresent() && !next.get().isAfter(until)) {
        times.add(next.get());
        next = cron.nextAfter(next.get());
      }
      return times;
    }
  }
}
