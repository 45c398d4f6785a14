package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.resticmanager.web.agent.FaultCount.Verdict;

class FaultCountTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final FaultCount faults = new FaultCount();

  @Test
  void theFirstOfAMinuteIsLoggedAndTheTenthCloses() {
    assertThat(faults.add(true, NOON)).isEqualTo(Verdict.LOG);
    for (int i = 2; i <= 9; i++) {
      assertThat(faults.add(true, NOON)).isEqualTo(Verdict.STAY_QUIET);
    }
    assertThat(faults.add(true, NOON)).isEqualTo(Verdict.CLOSE);
  }

  @Test
  void aMinuteLaterItBeginsAnew() {
    faults.add(true, NOON);

    assertThat(faults.add(true, NOON.plus(Duration.ofSeconds(61)))).isEqualTo(Verdict.LOG);
  }

  @Test
  void unknownTypesDoNotCloseAndDoNotCountAsMalformed() {
    for (int i = 0; i < 20; i++) {
      assertThat(faults.add(false, NOON)).isNotEqualTo(Verdict.CLOSE);
    }
    assertThat(faults.add(true, NOON)).isEqualTo(Verdict.STAY_QUIET);
  }
}
