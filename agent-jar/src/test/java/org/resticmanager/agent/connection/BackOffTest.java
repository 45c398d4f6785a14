package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Test
  void pausesGrowFromOneSecondToTheLongest() {
    for (int run = 0; run < 200; run++) {
      BackOff backOff = new BackOff(LONGEST, Duration.ofSeconds(30), new Random(run));
      for (int failure = 0; failure < 40; failure++) {
        long limit = failure < 6 ? 1L << failure : 60;
        assertThat(backOff.afterFailure()).isBetween(Duration.ZERO, Duration.ofSeconds(limit));
      }
    }
  }

  @Test
  void pausesUseTheirWholeRange() {
    Duration longest = Duration.ZERO;
    for (int run = 0; run < 500; run++) {
      BackOff backOff = new BackOff(LONGEST, Duration.ofSeconds(30), new Random(run));
      Duration pause = backOff.afterRestart();
      assertThat(pause).isBetween(Duration.ZERO, Duration.ofSeconds(30));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(28));
  }

  @Test
  void aConnectionThatWorkedBeginsAnew() {
    BackOff backOff = new BackOff(LONGEST, Duration.ZERO, new Random(1));
    for (int i = 0; i < 10; i++) {
      backOff.afterFailure();
    }
    backOff.reset();

    assertThat(backOff.afterFailure()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(backOff.afterRestart()).isZero();
  }

  @Test
  void whoWasReplacedComesBackLateAndNotTogetherWithOthers() {
    Set<Duration> pauses = new HashSet<>();
    for (int run = 0; run < 50; run++) {
      Duration pause = new BackOff(LONGEST, Duration.ZERO, new Random(run)).afterReplacement();
      assertThat(pause).isBetween(LONGEST, LONGEST.plusSeconds(30));
      pauses.add(pause);
    }
    assertThat(pauses).hasSizeGreaterThan(40);
  }

  @Test
  void whoWasThrownOutNeverComesBackAtOnceAndWaitsLongerEachTime() {
    Duration longest = Duration.ZERO;
    for (int run = 0; run < 50; run++) {
      BackOff backOff = new BackOff(LONGEST, Duration.ZERO, new Random(run));
      for (int time = 0; time < 10; time++) {
        Duration pause = backOff.afterThrownOut();
        assertThat(pause).isBetween(Duration.ofSeconds(1), LONGEST);
        longest = pause.compareTo(longest) > 0 ? pause : longest;
      }
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(50));
  }
}
