package org.resticmanager.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestConfig;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;

class ArrivalsTest {

  private static final int MOST = 20;
  private static final Duration SHARE = Duration.ofSeconds(3);

  private final HostId host = new HostId(Ids.next());
  private final MovableClock clock = new MovableClock();
  private final List<String> noted = new ArrayList<>();
  private final Arrivals arrivals =
      new Arrivals(
          new ConnectionSettings(
              TestConfig.of(Map.of("restic-manager.agent.connections-per-minute", "" + MOST))),
          new ConnectionEvents() {
            @Override
            public void note(HostId whose, ConnectionEvent.Kind kind, String detail) {
              noted.add(kind.code() + " " + detail);
            }
          },
          clock);

  @Test
  void whoComesMoreOftenThanAllowedIsToldWhenToComeAgain() {
    comeAsOftenAsAllowed();

    assertThat(arrivals.turnAway(host)).contains(SHARE);

    clock.forward(Duration.ofSeconds(1));
    assertThat(arrivals.turnAway(host)).contains(SHARE.minusSeconds(1));
  }

  @Test
  void afterThatTimeItMayComeOnce() {
    comeAsOftenAsAllowed();
    clock.forward(SHARE);

    assertThat(arrivals.turnAway(host)).isEmpty();
    assertThat(arrivals.turnAway(host)).isPresent();
  }

  @Test
  void afterAMinuteAllIsForgotten() {
    comeAsOftenAsAllowed();
    clock.forward(Duration.ofMinutes(1));

    comeAsOftenAsAllowed();
  }

  @Test
  void agentThatComesEverySoOftenIsNeverTurnedAway() {
    for (int i = 0; i < 10 * MOST; i++) {
      assertThat(arrivals.turnAway(host)).isEmpty();
      clock.forward(SHARE);
    }
  }

  @Test
  void otherHostsDoNotNotice() {
    comeAsOftenAsAllowed();

    assertThat(arrivals.turnAway(new HostId(Ids.next()))).isEmpty();
  }

  @Test
  void personIsToldOfTheFirstOfManyRefusals() {
    comeAsOftenAsAllowed();
    assertThat(noted).isEmpty();

    for (int i = 0; i < 100; i++) {
      arrivals.turnAway(host);
    }

    assertThat(noted).containsExactly("too-often It connected more than 20 times within a minute.");
  }

  private void comeAsOftenAsAllowed() {
    for (int i = 0; i < MOST; i++) {
      assertThat(arrivals.turnAway(host)).isEmpty();
    }
  }
}
