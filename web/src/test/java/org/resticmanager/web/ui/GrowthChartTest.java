package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.repository.RepositoryDay;

class GrowthChartTest {

  private static final long MIB = 1 << 20;

  @Test
  void lineGoesThroughEachDayAtItsDistanceAndHeight() {
    GrowthChart chart =
        GrowthChart.of(List.of(day(11, 6 * MIB), day(3, 4 * MIB), day(1, 0L))).orElseThrow();

    assertThat(chart.topBytes()).isEqualTo(8 * MIB);
    assertThat(chart.line()).isEqualTo("M0.0 160.0 L144.0 80.0 L720.0 40.0");
    assertThat(chart.area()).startsWith(chart.line()).endsWith("L720 160 L0 160 Z");
    assertThat(chart.grownBytes()).isEqualTo(6 * MIB);
    assertThat(chart.span()).isEqualTo(10);
  }

  @Test
  void oneDayIsNoLineAndADayWithoutSizeIsNone() {
    assertThat(GrowthChart.of(List.of())).isEmpty();
    assertThat(GrowthChart.of(List.of(day(2, null), day(1, MIB)))).isEmpty();
  }

  @Test
  void emptyRepositoryHasALineAtTheBottom() {
    assertThat(GrowthChart.of(List.of(day(2, 0L), day(1, 0L))).orElseThrow().line())
        .isEqualTo("M0.0 160.0 L720.0 160.0");
  }

  private static RepositoryDay day(int day, Long bytes) {
    return new RepositoryDay(LocalDate.of(2026, 3, day), null, bytes, null, null, 0);
  }
}
