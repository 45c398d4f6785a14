package org.resticmanager.protocol.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * The moments that a cron expression names: five fields with ranges, steps, lists and names, or one
 * of {@code @hourly}, {@code @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code
 * @yearly}, {@code @annually}.
 *
 * <p>Both sides use this, so that what people are shown is what the agents do. They are local times. One that a change to summer time leaves out is due at the end of the gap,
 * one that comes twice when summer time ends is due the first time only. An expression for every
 * hour goes on every hour instead, whatever the clocks on the wall do.
 */
public final class CronTimes {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /** A week that begins with Sunday; the parser counts that day as the last. */
  private static final Pattern SUNDAY_TO = Pattern.compile("(?i)\\bsun-");

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int HOUR = 1;

  /** The newest moment is looked for in ever longer times, so that few are gone through. */
  private static final List<Duration> LOOK_BACK =
      List.of(
          Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(32), Duration.ofDays(366 * 5));

  /** As many answers are remembered: those of two months of nights. */
  private static final int MOST_KNOWN = 64;

  private final ExecutionTime times;
  private final boolean everyHour;
  private final ZoneId zone;

  /**
   * Moments that were found, and after which one each was looked for: it is the next after all that
   * lie between as well. A fleet's schedules ask for the same few.
   */
  private final ConcurrentNavigableMap<Instant, Instant> known = new ConcurrentSkipListMap<>();

  private CronTimes(ExecutionTime times, boolean everyHour, ZoneId zone) {
    this.times = times;
    this.everyHour = everyHour;
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @throws BadCron if it cannot be read, or if it can never fire
   */
  public static CronTimes parse(String expression, ZoneId zone) throws BadCron {
    String fields = fields(expression);
    try {
      ExecutionTime times =
          ExecutionTime.forCron(
              PARSER.parse(SUNDAY_TO.matcher(fields).replaceAll("0-")).validate());
      boolean everyHour = fields.split(" ", -1)[HOUR].equals("*");
      CronTimes cron = new CronTimes(times, everyHour, zone);
      if (cron.nextAfter(Instant.EPOCH).isEmpty()) {
        throw new BadCron("'" + expression + "' never fires: there is no such day");
      }
      return cron;
    } catch (RuntimeException e) {
      throw new BadCron("'" + expression + "' cannot be read: " + e.getMessage());
    }
  }

  /** The same expression by the clocks of another zone. */
  public CronTimes in(ZoneId other) {
    return new CronTimes(times, everyHour, other);
  }

  /** The five fields that an expression stands for: itself, or what a nickname means. */
  public static String fields(String expression) {
    String clean = BLANKS.matcher(expression.strip()).replaceAll(" ");
    return NICKNAMES.getOrDefault(clean.toLowerCase(Locale.ROOT), clean);
  }

  /** The first moment after this one; empty if there is none in reach. Thread-safe. */
  public Optional<Instant> nextAfter(Instant after) {
    Map.Entry<Instant, Instant> later = known.higherEntry(after);
    if (later != null && !later.getValue().isAfter(after)) {
      return Optional.of(later.getKey());
    }
    Optional<Instant> next = search(after);
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    next.ifPresent(
        moment -> known.merge(moment, after, (one, other) -> one.isBefore(other) ? one : other));
    return next;
  }

  private Optional<Instant> search(Instant after) {
    ZonedDateTime local = after.atZone(zone);
    if (everyHour) {
      return times.nextExecution(local).map(ZonedDateTime::toInstant);
    }
    // in a zone without changes, so that none is left out or comes twice
    Optional<ZonedDateTime> next =
        times.nextExecution(local.toLocalDateTime().atZone(ZoneOffset.UTC));
    while (next.isPresent()) {
      Instant due = due(next.get().toLocalDateTime());
      if (due.isAfter(after)) {
        return Optional.of(due);
      }
      next = times.nextExecution(next.get());
    }
    return Optional.empty();
  }

  private Instant due(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }

  /** The last moment after {@code after} and not after {@code upTo}; empty if there is none. */
  public Optional<Instant> latestIn(Instant after, Instant upTo) {
    for (Duration back : LOOK_BACK) {
      Instant from = upTo.minus(back);
      boolean all = !from.isAfter(after);
      Optional<Instant> latest = lastUpTo(all ? after : from, upTo);
      if (latest.isPresent() || all) {
        return latest;
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> lastUpTo(Instant after, Instant upTo) {
    Optional<Instant> latest = Optional.empty();
    Optional<Instant> next = nextAfter(after);
    while (next.isPresent() && !next.get().isAfter(upTo)) {
      latest = next;
      next = nextAfter(next.get());
    }
    return latest;
  }
}
