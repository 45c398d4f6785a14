package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ControlPlaneSocketTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** One that Tyrus forgets would take a minute and a half. */
  @Test
  void frameThatComesJustBeforeTyrusOpensItsQueueIsNotForgotten() throws Exception {
    FakeControlPlane server = new FakeControlPlane();
    URI address = URI.create(server.address().toString().replace("http", "ws") + "/ws/agent");
    try (ControlPlaneSocket socket =
        ControlPlaneSocket.connect(
            address, ServerTrust.USUAL, "t", Clock.systemUTC(), frame -> {}, () -> {})) {
      server.accept();
      TyrusQueue queue = TyrusQueue.under(socket);
      queue.openSlowlyFor(Thread.currentThread());

      socket.send("one");
      long began = System.nanoTime();
      socket.send("two");

      assertThat(queue.openedAroundAFrame()).isTrue();
      assertThat(System.nanoTime() - began).isLessThan(LONGEST.toNanos());
      assertThat(server.nextFrame()).isEqualTo("one");
      assertThat(server.nextFrame()).isEqualTo("two");
    } finally {
      server.close();
    }
  }

  /** Otherwise the second of two waits until the first is acknowledged, which takes 40 ms. */
  @Test
  void smallFramesDoNotWaitForOneAnother() throws Exception {
    FakeControlPlane server = new FakeControlPlane();
    URI address = URI.create(server.address().toString().replace("http", "ws") + "/ws/agent");
    try (ControlPlaneSocket socket =
        ControlPlaneSocket.connect(
            address, ServerTrust.USUAL, "t", Clock.systemUTC(), frame -> {}, () -> {})) {
      server.accept();

      Session session = (Session) NoDelay.field(socket, "session").get(socket);
      assertThat(NoDelay.channel(session).getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    } finally {
      server.close();
    }
  }
}
