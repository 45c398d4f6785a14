package org.resticmanager.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;

class OpenConnectionsTest {

  private final MovableClock clock = new MovableClock();
  private final OpenConnections open = new OpenConnections();

  @Test
  void onlyThoseThatSaidNothingForSoLongAreSilent() {
    FakeConnection silent = opened();
    FakeConnection lively = opened();
    clock.forward(SilenceSweep.LIMIT.minusSeconds(1));
    lively.hear();

    assertThat(open.silentSince(clock.instant().minus(SilenceSweep.LIMIT))).isEmpty();
    clock.forward(Duration.ofSeconds(1));
    assertThat(open.silentSince(clock.instant().minus(SilenceSweep.LIMIT))).containsExactly(silent);
  }

  @Test
  void whatIsClosedIsForgotten() {
    FakeConnection closed = opened();
    open.remove(closed);
    clock.forward(Duration.ofDays(1));

    assertThat(open.silentSince(clock.instant())).isEmpty();
  }

  private FakeConnection opened() {
    FakeConnection connection = new FakeConnection(new HostId(UUID.randomUUID()), clock);
    open.add(connection);
    return connection;
  }
}
