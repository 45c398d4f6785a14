package org.resticmanager.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.BlackoutWindows.Window;

class BandwidthPlanTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static final BandwidthPlan PLAN =
      new BandwidthPlan(
          new Bandwidth(10_000, 0),
          Optional.empty(),
          List.of(
              new BandwidthWindow(
                  new Window(
                      EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                      LocalTime.of(8, 0),
                      LocalTime.of(18, 0)),
                  new Bandwidth(2048, 4096)),
              new BandwidthWindow(
                  new Window(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(22, 0), LocalTime.of(6, 0)),
                  new Bandwidth(1, 1))));

  /** 2026-03-02 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T07:59:59, 10000",
    "2026-03-02T08:00:00, 2048",
    "2026-03-06T17:59:59, 2048",
    "2026-03-06T18:00:00, 10000",
    "2026-03-07T12:00:00, 10000",
    "2026-03-01T21:59:59, 10000",
    "2026-03-01T22:00:00, 1",
    "2026-03-02T05:59:59, 1",
    "2026-03-02T06:00:00, 10000",
    "2026-03-03T05:00:00, 10000",
  })
  void windowsHoldByTheHostsClock(String local, long uploadKib) {
    assertThat(PLAN.at(LocalDateTime.parse(local).atZone(BERLIN).toInstant(), BERLIN).uploadKib())
        .isEqualTo(uploadKib);
  }

  @Test
  void aZoneThatWasSetCountsMoreThanTheHostsOwn() {
    BandwidthPlan inUtc =
        new BandwidthPlan(PLAN.otherwise(), Optional.of(ZoneOffset.UTC), PLAN.windows());

    assertThat(
            inUtc
                .at(LocalDateTime.parse("2026-03-02T08:30:00").atZone(BERLIN).toInstant(), BERLIN)
                .uploadKib())
        .isEqualTo(10_000);
  }

  @Test
  void aPlanIsReadAsItWasWritten() {
    assertThat(BandwidthPlan.fromColumn(PLAN.toColumn())).isEqualTo(PLAN);
    assertThat(BandwidthPlan.fromColumn(BandwidthPlan.NONE.toColumn()))
        .isEqualTo(BandwidthPlan.NONE);
  }

  @Test
  void negativeLimitsAreRefused() {
    assertThatThrownBy(() -> new Bandwidth(-1, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("uploadKib");
  }
}
