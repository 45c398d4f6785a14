package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.BlackoutWindows.Window;

class BlackoutWindowsTest {

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final Window OFFICE = window(WORKDAYS, "08:00", "18:00");
  private static final Window NIGHT = window(EnumSet.of(DayOfWeek.FRIDAY), "22:00", "06:00");

  @ParameterizedTest
  @CsvSource({
    // a Thursday, and the Friday after it
    "2026-11-26T07:59:59Z, 2026-11-26T07:59:59Z",
    "2026-11-26T08:00:00Z, 2026-11-26T18:00:00Z",
    "2026-11-26T17:59:59Z, 2026-11-26T18:00:00Z",
    "2026-11-26T18:00:00Z, 2026-11-26T18:00:00Z",
    "2026-11-26T23:00:00Z, 2026-11-26T23:00:00Z",
    "2026-11-27T22:00:00Z, 2026-11-28T06:00:00Z",
    "2026-11-28T05:00:00Z, 2026-11-28T06:00:00Z",
    "2026-11-28T12:00:00Z, 2026-11-28T12:00:00Z"
  })
  void nothingBeginsInAWindow(Instant wanted, Instant allowed) {
    assertThat(BlackoutWindows.of("", List.of(OFFICE, NIGHT)).allowed(wanted, ZoneOffset.UTC))
        .isEqualTo(allowed);
  }

  @Test
  void windowsThatTouchAreOne() {
    BlackoutWindows touching =
        BlackoutWindows.of(
            null,
            List.of(
                OFFICE, window(WORKDAYS, "18:00", "20:00"), window(WORKDAYS, "17:00", "19:00")));

    assertThat(touching.allowed(Instant.parse("2026-11-26T09:00:00Z"), ZoneOffset.UTC))
        .isEqualTo("2026-11-26T20:00:00Z");
  }

  @Test
  void theyGoByTheirOwnClockOrThatOfTheHost() {
    Instant seven = Instant.parse("2026-11-26T07:30:00Z");

    assertThat(BlackoutWindows.of(null, List.of(OFFICE)).allowed(seven, ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-11-26T17:00:00Z");
    assertThat(
            BlackoutWindows.of("UTC", List.of(OFFICE)).allowed(seven, ZoneId.of("Europe/Berlin")))
        .isEqualTo(seven);
  }

  @Test
  void whatLeavesNoTimeAtAllIsRefused() {
    Window always = window(EnumSet.allOf(DayOfWeek.class), "00:00", "00:00");

    assertThatThrownBy(() -> BlackoutWindows.of("", List.of(always)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no time at all");
    assertThatThrownBy(() -> BlackoutWindows.of("Mars/Olympus", List.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("zone");
  }

  @Test
  void theySurviveTheColumn() {
    BlackoutWindows windows = BlackoutWindows.of("", List.of(OFFICE, NIGHT));

    assertThat(BlackoutWindows.fromColumn(windows.toColumn())).isEqualTo(windows.windows());
  }

  private static Window window(Set<DayOfWeek> days, String from, String to) {
    return new Window(days, LocalTime.parse(from), LocalTime.parse(to));
  }
}
