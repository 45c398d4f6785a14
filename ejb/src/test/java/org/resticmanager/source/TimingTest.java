package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;

class TimingTest {

  private static final Instant TWO = Instant.parse("2026-11-26T02:00:00Z");

  @Test
  void aThousandHostsWithOneExpressionDoNotBeginInTheSameSecond() {
    Timing nightly = Timing.of(new Cron("0 2 * * *"), null, null);

    List<Duration> delays =
        Stream.generate(Ids::next).limit(1000).map(id -> nightly.jitter(id, TWO)).toList();

    assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofSeconds(60)) < 0);
    assertThat(delays.stream().collect(Collectors.groupingBy(Duration::toSeconds)))
        .hasSize(60)
        .allSatisfy((second, begun) -> assertThat(begun).hasSizeLessThan(50));
  }

  @Test
  void aScheduleKeepsItsPlace() {
    Timing nightly = Timing.of(new Cron("0 2 * * *"), null, 600);
    UUID id = Ids.next();

    assertThat(nightly.jitter(id, TWO)).isEqualTo(nightly.jitter(id, TWO.plusSeconds(86_400)));
  }

  @Test
  void jitterLeavesWhatFiresNextItsOwnTime() {
    Timing often = Timing.of(new Cron("* * * * *"), "", 3600);

    assertThat(Stream.generate(Ids::next).limit(100).map(id -> often.jitter(id, TWO)))
        .allMatch(delay -> delay.compareTo(Duration.ofSeconds(15)) < 0);
    assertThat(Timing.of(new Cron("* * * * *"), "", 0).jitter(Ids.next(), TWO)).isZero();
  }

  @Test
  void refusalNamesTheField() {
    assertThatThrownBy(() -> Timing.of(new Cron("@daily"), "Berlin", null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("zone");
    assertThatThrownBy(() -> Timing.of(new Cron("@daily"), "", -1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("jitterSeconds");
  }
}
