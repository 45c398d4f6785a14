package org.resticmanager.protocol.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.support.CronExpression;

/**
 * Random expressions mean what another library says. That one wants both days to fit where both are
 * named, while for cron either will do: so it is asked twice. It is asked for local times; what
 * becomes of them when the clocks change is reckoned here.
 */
class CronTimesAgainstSpringTest {

  private static final int EXPRESSIONS = 400;
  private static final int MOMENTS = 20;
  private static final String[] MONTHS = {
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
  };
  private static final String[] DAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "America/Santiago"
      })
  void everyMomentIsTheSame(String zoneName) throws BadCron {
    ZoneId zone = ZoneId.of(zoneName);
    Random random = new Random(20260329);
    for (int i = 0; i < EXPRESSIONS; i++) {
      Fields fields = Fields.random(random);
      // shortly before the clocks change, so that few moments reach over it
      LocalDateTime from =
          LocalDateTime.of(2026, random.nextInt(12) + 1, random.nextInt(28) + 1, 0, 0)
              .plusMinutes(random.nextInt(24 * 60));

      assertThat(ours(fields.expression(), zone, from.atZone(zone).toInstant()))
          .as("'%s' in %s from %s", fields.expression(), zone, from)
          .isEqualTo(theirs(fields, zone, from.atZone(zone).toInstant()));
    }
  }

  private static List<Instant> ours(String expression, ZoneId zone, Instant after) throws BadCron {
    CronTimes times = CronTimes.parse(expression, zone);
    List<Instant> moments = new ArrayList<>();
    Optional<Instant> next = times.nextAfter(after);
    while (next.isPresent() && moments.size() < MOMENTS) {
      moments.add(next.get());
      next = times.nextAfter(next.get());
    }
    return moments;
  }

  private static List<Instant> theirs(Fields fields, ZoneId zone, Instant after) {
    List<CronExpression> expressions = fields.forSpring();
    List<Instant> moments = new ArrayList<>();
    // a day earlier: what the clocks leave out comes later than its own time
    LocalDateTime local = LocalDateTime.ofInstant(after, zone).minusDays(1);
    while (moments.size() < MOMENTS) {
      LocalDateTime before = local;
      local =
          expressions.stream()
              .flatMap(expression -> Stream.ofNullable(expression.next(before)))
              .min(LocalDateTime::compareTo)
              .orElseThrow();
      Instant due = due(local, zone);
      boolean twice = !moments.isEmpty() && moments.get(moments.size() - 1).equals(due);
      if (due.isAfter(after) && !twice) {
        moments.add(due);
      }
    }
    return moments;
  }

  private static Instant due(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }

  /**
   * The fields of an expression; an hour is always named, because an expression for every hour goes
   * by the hours that pass.
   */
  private record Fields(
      String minute, String hour, String dayOfMonth, String month, String dayOfWeek) {

    static Fields random(Random random) {
      return new Fields(
          field(random, 0, 59, true),
          field(random, 0, 23, false),
          // every month has these days
          random.nextBoolean() ? "*" : field(random, 1, 28, false),
          random.nextInt(4) > 0 ? "*" : named(random, MONTHS),
          random.nextBoolean() ? "*" : named(random, DAYS));
    }

    private static String named(Random random, String[] names) {
      int from = random.nextInt(names.length);
      int to = from + random.nextInt(names.length - from);
      return from == to ? names[from] : names[from] + "-" + names[to];
    }

    private static String field(Random random, int low, int high, boolean any) {
      int from = low + random.nextInt(high - low + 1);
      int to = from + random.nextInt(high - from + 1);
      return switch (random.nextInt(any ? 5 : 4)) {
        case 0 -> Integer.toString(from);
        case 1 -> from + "-" + to;
        case 2 -> from + "," + to;
        case 3 -> from + "-" + high + "/" + (1 + random.nextInt(7));
        default -> "*/" + (5 + random.nextInt(20));
      };
    }

    String expression() {
      return String.join(" ", minute, hour, dayOfMonth, month, dayOfWeek);
    }

    List<CronExpression> forSpring() {
      return dayOfMonth.equals("*") || dayOfWeek.equals("*")
          ? List.of(spring(dayOfMonth, dayOfWeek))
          : List.of(spring(dayOfMonth, "*"), spring("*", dayOfWeek));
    }

    private CronExpression spring(String day, String weekday) {
      return CronExpression.parse(String.join(" ", "0", minute, hour, day, month, weekday));
    }
  }
}
