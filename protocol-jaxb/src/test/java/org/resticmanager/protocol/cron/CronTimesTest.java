package org.resticmanager.protocol.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *        | 2026-01-01T02:30 2026-01-02T02:30",
        "*/20 5-6 * * *    | 2026-01-01T05:00 2026-01-01T05:20 2026-01-01T05:40 2026-01-01T06:00",
        "0 0 * * mon-fri   | 2026-01-02T00:00 2026-01-05T00:00",
        "0 0 * feb,MAR 7   | 2026-02-01T00:00 2026-02-08T00:00",
        "0 0 * * Sun-mon   | 2026-01-04T00:00 2026-01-05T00:00 2026-01-11T00:00",
        "0 0 * * 5-7       | 2026-01-02T00:00 2026-01-03T00:00 2026-01-04T00:00 2026-01-09T00:00",
        "0 0 1 * 1         | 2026-01-05T00:00 2026-01-12T00:00 2026-01-19T00:00 2026-01-26T00:00"
            + " 2026-02-01T00:00",
        "5-59/10 1 * * *   | 2026-01-01T01:05 2026-01-01T01:15",
        "@hourly           | 2026-01-01T01:00 2026-01-01T02:00",
        "@Daily            | 2026-01-02T00:00",
        "@weekly           | 2026-01-04T00:00",
        "@monthly          | 2026-02-01T00:00",
        "@yearly           | 2027-01-01T00:00",
        "  0  3   1 * *    | 2026-01-01T03:00 2026-02-01T03:00",
        "0 0 29 2 *        | 2028-02-29T00:00 2032-02-29T00:00"
      })
  void expressionsMeanWhatCronMeans(String expression, String expected) throws BadCron {
    List<String> moments = List.of(expected.split(" ", -1));

    assertThat(next(expression, "2026-01-01T00:00", moments.size()))
        .extracting(at -> LocalDateTime.ofInstant(at, BERLIN).toString())
        .containsExactlyElementsOf(moments);
  }

  @Test
  void theSameExpressionIsAnotherMomentByOtherClocks() throws BadCron {
    CronTimes inBerlin = CronTimes.parse("30 2 * * *", BERLIN);
    Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(inBerlin.nextAfter(newYear)).contains(Instant.parse("2026-01-01T01:30:00Z"));
    assertThat(inBerlin.in(ZoneOffset.UTC).nextAfter(newYear))
        .contains(Instant.parse("2026-01-01T02:30:00Z"));
  }

  /** What was found before is remembered, and clocks change twice within that year. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *       | Europe/Berlin",
        "*/15 1-3 * * *   | Europe/Berlin",
        "17 * * * *       | Europe/Berlin",
        "0 2 * * sun      | Australia/Lord_Howe",
        "59 23 1,15 * *   | America/St_Johns",
        "0 0 29 2 *       | UTC"
      })
  void theAnswerDoesNotDependOnWhatWasAskedBefore(String expression, String zone) throws BadCron {
    CronTimes asked = CronTimes.parse(expression, ZoneId.of(zone));
    Random random = new Random(1);
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 2000; i++) {
      Instant after = begin.plusSeconds(random.nextInt(366 * 86_400));
      Instant next = asked.nextAfter(after).orElseThrow();

      assertThat(next).isEqualTo(asked.in(ZoneId.of(zone)).nextAfter(after).orElseThrow());
      assertThat(next).isAfter(after);
      assertThat(asked.nextAfter(next.minusMillis(1))).contains(next);
      assertThat(asked.nextAfter(next).orElseThrow()).isAfter(next);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "* * * *",
        "* * * * * *",
        "61 * * * *",
        "* 24 * * *",
        "0 0 30 2 *",
        "0 0 L * *",
        "@reboot",
        "@every 5m",
        "0 0 ? * *",
        "0 0 * * 1#2",
        "-1 * * * *",
        "*/0 * * * *"
      })
  void whatCannotBeReadOrNeverFiresIsSaid(String expression) {
    assertThatThrownBy(() -> CronTimes.parse(expression, BERLIN))
        .isInstanceOf(BadCron.class)
        .hasMessageContaining("'" + expression + "'");
  }

  @Test
  void aTimeThatSummerTimeLeavesOutIsDueOnceAtTheEndOfTheGap() throws BadCron {
    assertThat(next("30 2 * * *", "2026-03-28T12:00", 3))
        .extracting(Instant::toString)
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
    assertThat(next("0,30 2,3 * * *", "2026-03-28T12:00", 3))
        .extracting(Instant::toString)
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
  }

  @Test
  void aTimeThatComesTwiceWhenSummerTimeEndsIsDueOnce() throws BadCron {
    assertThat(next("*/30 2 * * *", "2026-10-24T12:00", 4))
        .extracting(Instant::toString)
        .containsExactly(
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:00:00Z",
            "2026-10-26T01:30:00Z");
  }

  @Test
  void everyHourIsEveryHourWhateverTheWallsClocksDo() throws BadCron {
    for (String day : List.of("2026-03-28T12:00", "2026-10-24T12:00")) {
      List<Instant> moments = next("*/30 * * * *", day, 96);
      for (int i = 1; i < moments.size(); i++) {
        assertThat(moments.get(i)).isEqualTo(moments.get(i - 1).plusSeconds(1800));
      }
    }
  }

  @Test
  void theNewestOfALongTimeIsFound() throws BadCron {
    CronTimes times = CronTimes.parse("* * * * *", BERLIN);
    Instant now = Instant.parse("2026-06-01T10:00:30Z");
    assertThat(times.latestIn(now.minusSeconds(40_000_000), now))
        .contains(Instant.parse("2026-06-01T10:00:00Z"));
    assertThat(times.latestIn(now.minusSeconds(30), now)).isEmpty();
    assertThat(
            CronTimes.parse("0 0 1 1 *", ZoneId.of("UTC"))
                .latestIn(now.minusSeconds(40_000_000), now))
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static List<Instant> next(String expression, String from, int count) throws BadCron {
    CronTimes times = CronTimes.parse(expression, BERLIN);
    Instant at = LocalDateTime.parse(from).atZone(BERLIN).toInstant();
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      at = times.nextAfter(at).orElseThrow();
      moments.add(at);
    }
    return moments;
  }
}
