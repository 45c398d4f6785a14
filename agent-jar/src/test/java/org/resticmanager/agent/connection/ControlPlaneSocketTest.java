package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ControlPlaneSocketTest {

  private static final int FRAMES = 100_000;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** One that Tyrus forgets would take a minute and a half. */
  @Test
  void noneOfManyFramesIsForgotten() throws Exception {
    FakeControlPlane server = new FakeControlPlane();
    URI address = URI.create(server.address().toString().replace("http", "ws") + "/ws/agent");
    try (ControlPlaneSocket socket =
        ControlPlaneSocket.connect(address, "t", Clock.systemUTC(), frame -> {}, () -> {})) {
      server.accept();
      for (int i = 0; i < FRAMES; i++) {
        long began = System.nanoTime();
        socket.send("frame");
        assertThat(System.nanoTime() - began).as("frame " + i).isLessThan(LONGEST.toNanos());
      }
      for (int i = 0; i < FRAMES; i++) {
        assertThat(server.nextFrame()).isEqualTo("frame");
      }
    } finally {
      server.close();
    }
  }
}
