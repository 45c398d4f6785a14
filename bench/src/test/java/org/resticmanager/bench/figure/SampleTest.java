package org.resticmanager.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void percentilesOfHundredAreTheMeasurementsOfThatRank() {
    Sample hundred = new Sample(IntStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList());

    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    assertThat(hundred.least()).isEqualTo(1);
    assertThat(hundred.most()).isEqualTo(100);
    assertThat(hundred.count()).isEqualTo(100);
  }

  @Test
  void oneOutlierOfTenIsSeenInTheTail() {
    Sample ten = Sample.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 500);

    assertThat(ten.median()).isEqualTo(1);
    assertThat(ten.percentile(90)).isEqualTo(1);
    assertThat(ten.percentile(99)).isEqualTo(500);
  }

  @Test
  void ofOneMeasurementEveryPercentileIsThatOne() {
    assertThat(Sample.of(7).percentile(1)).isEqualTo(7);
    assertThat(Sample.of(7).percentile(99)).isEqualTo(7);
  }

  @Test
  void withoutMeasurementsThereIsNoFigure() {
    assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
