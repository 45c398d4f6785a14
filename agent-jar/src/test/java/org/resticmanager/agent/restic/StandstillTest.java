package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandstillTest {

  private static final Duration LIMIT = Duration.ofHours(12);

  private Duration now = Duration.ZERO;
  private Optional<Duration> used = Optional.of(Duration.ofSeconds(5));
  private final Standstill standstill = new Standstill(LIMIT, () -> now.toNanos(), () -> used);

  @Test
  void itIsReachedWhenNothingWasHeardAndNothingUsedForTheWholeTime() {
    assertThat(reachedWithin(Duration.ofHours(11))).isFalse();
    assertThat(reachedWithin(Duration.ofHours(2))).isTrue();
  }

  @Test
  void whatSaysSomethingNewNowAndThenDoesNotStandStill() {
    for (int time = 0; time < 5; time++) {
      assertThat(reachedWithin(Duration.ofHours(11))).isFalse();
      standstill.heard();
    }
  }

  @Test
  void whatWorksWithoutAWordDoesNotStandStill() {
    for (int time = 0; time < 5; time++) {
      assertThat(reachedWithin(Duration.ofHours(11))).isFalse();
      use(Duration.ofMinutes(1));
    }
  }

  @Test
  void whatUsesAsLittleAsAClockThatTicksStandsStill() {
    for (int hour = 0; hour < 14; hour++) {
      use(Duration.ofSeconds(1));
      reachedWithin(Duration.ofHours(1));
    }

    assertThat(standstill.reached()).isTrue();
  }

  @Test
  void endOfAPartOfItIsASignOfLife() {
    reachedWithin(Duration.ofHours(11));
    used = Optional.of(Duration.ofSeconds(1));

    assertThat(reachedWithin(Duration.ofHours(11))).isFalse();
  }

  @Test
  void whereNobodyKnowsWhatIsUsedNothingIsTakenForIt() {
    used = Optional.empty();

    assertThat(reachedWithin(LIMIT.multipliedBy(3))).isFalse();
  }

  /** Else nobody would force what is asked to end and only says so. */
  @Test
  void onceReachedItStays() {
    reachedWithin(LIMIT.multipliedBy(2));
    standstill.heard();
    use(Duration.ofHours(1));

    assertThat(reachedWithin(Duration.ofHours(1))).isTrue();
  }

  private void use(Duration time) {
    used = used.map(time::plus);
  }

  /** Asks it each minute of a time. */
  private boolean reachedWithin(Duration time) {
    boolean reached = false;
    for (Duration end = now.plus(time); now.compareTo(end) < 0; ) {
      now = now.plusMinutes(1);
      reached = standstill.reached();
    }
    return reached;
  }
}
