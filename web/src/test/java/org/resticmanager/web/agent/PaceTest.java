package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now;
  private final Pace pace = new Pace(100, () -> now);

  @Test
  void whatOneFrameHoldsCountsAsIfItHadComeInManyFrames() {
    now = 3600 * SECOND; // only the last second is made up for
    assertThat(pace.nanosAfter(0)).isZero();

    pace.did(299);

    assertThat(pace.nanosAfter(1)).isEqualTo(2 * SECOND);
    now += 2 * SECOND;
    assertThat(pace.nanosAfter(0)).isZero();
  }
}
