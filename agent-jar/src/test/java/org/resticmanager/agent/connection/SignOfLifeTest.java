package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignOfLifeTest {

  @Test
  void atTheUsualPaceEverySecondHeartbeatAsks() {
    Duration heartbeat = Duration.ofSeconds(30);

    assertThat(SignOfLife.isDue(Duration.ofSeconds(30), heartbeat)).isFalse();
    assertThat(SignOfLife.isDue(Duration.ofSeconds(60), heartbeat)).isTrue();
  }

  /** As often as a server may want it: once a second up to once a minute. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 20, 29, 31, 33, 44, 45, 59, 60})
  void aServerIsAskedLongBeforeItIsGivenUp(int heartbeatSeconds) {
    Duration heartbeat = Duration.ofSeconds(heartbeatSeconds);
    Duration silence = heartbeat;
    while (!SignOfLife.isDue(silence, heartbeat)) {
      silence = silence.plus(heartbeat);
    }

    assertThat(SignOfLife.isMissing(silence.plusSeconds(24))).isFalse();
  }

  @Test
  void silenceOfAMinuteAndAHalfIsTooLong() {
    assertThat(SignOfLife.isMissing(Duration.ofSeconds(90))).isFalse();
    assertThat(SignOfLife.isMissing(Duration.ofSeconds(91))).isTrue();
  }
}
