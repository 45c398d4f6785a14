package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.platform.Invalid;

class CronTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "@never",
        "0 3 * *",
        "0 3 * * * *",
        "60 3 * * *",
        "0 0 L * *",
        "* * * * #"
      })
  void whatCannotBeReadIsRefusedByItsField(String expression) {
    assertThatThrownBy(() -> new Cron(expression))
        .isInstanceOfSatisfying(
            Invalid.class, refusal -> assertThat(refusal.field()).contains("cron"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 2,4,6,9,11 *"})
  void whatWouldNeverFireIsRefused(String expression) {
    assertThatThrownBy(() -> new Cron(expression))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("never fires");
  }

  @Test
  void leapDayFiresWhenThereIsOne() {
    assertThat(new Cron("0 0 29 2 *").next(ZonedDateTime.parse("2026-01-01T00:00:00Z"), 2))
        .extracting(ZonedDateTime::getYear)
        .containsExactly(2028, 2032);
  }

  @Test
  void eitherDayWillDoWhereBothAreNamed() {
    assertThat(new Cron("0 0 1 * 1").next(ZonedDateTime.parse("2026-06-29T12:00:00Z"), 2))
        .extracting(time -> time.toLocalDate().toString())
        .containsExactly("2026-07-01", "2026-07-06");
  }

  @Test
  void nextRunsFollowTheClockThroughTheChangeToSummerTime() {
    assertThat(
            new Cron("30 4 * * *")
                .next(ZonedDateTime.parse("2026-03-28T00:00:00+01:00[Europe/Berlin]"), 2))
        .extracting(time -> time.toOffsetDateTime().toString())
        .containsExactly("2026-03-28T04:30+01:00", "2026-03-29T04:30+02:00");
  }

  @Test
  void aWordStandsForItsFields() {
    assertThat(new Cron("@daily").fields()).isEqualTo("0 0 * * *");
    assertThat(new Cron(" 0  3 * * mon ").fields()).isEqualTo("0 3 * * mon");
  }

  @Test
  void whatTheClocksLeaveOutHappensAtTheEndOfTheGapAndWhatTheyRepeatHappensOnce() {
    assertThat(
            new Cron("30 2 * * *")
                .next(ZonedDateTime.parse("2026-03-28T12:00:00+01:00[Europe/Berlin]"), 1))
        .extracting(time -> time.toOffsetDateTime().toString())
        .containsExactly("2026-03-29T03:00+02:00");
    assertThat(
            new Cron("30 2 * * *")
                .next(ZonedDateTime.parse("2026-10-24T12:00:00+02:00[Europe/Berlin]"), 2))
        .extracting(time -> time.toOffsetDateTime().toString())
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }
}
