package org.resticmanager.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OnwardClockTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Instant wall = NOON;
  private long nanos = 5;
  private final OnwardClock clock = new OnwardClock(new Wall(), () -> nanos);

  private final class Wall extends Clock {

    @Override
    public Instant instant() {
      return wall;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void passes(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void itIsTheWallClockAsLongAsNobodySetsThat() {
    passes(Duration.ofSeconds(7));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));
  }

  @Test
  void whatPassesBetweenTheReadingsOfTheTwoClocksDoesNotAddUp() {
    for (int i = 0; i < 1000; i++) {
      passes(Duration.ofMillis(100));
      nanos += i % 2 == 0 ? 20_000_000 : -20_000_000;
      clock.instant();
    }

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(100));
  }

  @Test
  void aWallClockThatIsSetBackTakesNothingAway() {
    passes(Duration.ofSeconds(7));
    wall = wall.minus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));

    passes(Duration.ofSeconds(3));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void timeThatAMachineSleepsPasses() {
    wall = wall.plus(Duration.ofHours(8));

    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(8)));
  }

  @Test
  void timeThatAMachineSleepsPassesThoughItsClockWasSetBackBefore() {
    passes(Duration.ofSeconds(7));
    wall = wall.minus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7));

    wall = wall.plus(Duration.ofHours(8));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7).plus(Duration.ofHours(8)));
  }

  @Test
  void itNeverStandsStillNorGoesBackHoweverOftenTheWallClockDoes() {
    for (int second = 1; second <= 5; second++) {
      nanos += Duration.ofSeconds(1).toNanos();
      wall = wall.minus(Duration.ofMinutes(10));

      assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(second));
    }
  }
}
