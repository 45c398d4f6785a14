package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlPlaneSocketTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private FakeControlPlane server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeControlPlane();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private ControlPlaneSocket connect() throws Exception {
    URI address = URI.create(server.address().toString().replace("http", "ws") + "/ws/agent");
    ControlPlaneSocket socket =
        ControlPlaneSocket.connect(
            address, ServerTrust.USUAL, "t", Clock.systemUTC(), frame -> {}, () -> {});
    server.accept();
    return socket;
  }

  /** One that Tyrus forgets would take a minute and a half. */
  @Test
  void frameThatComesJustBeforeTyrusOpensItsQueueIsNotForgotten() throws Exception {
    try (ControlPlaneSocket socket = connect()) {
      TyrusQueue queue = TyrusQueue.under(socket);
      queue.openSlowlyFor(Thread.currentThread());

      socket.send("one");
      long began = System.nanoTime();
      socket.send("two");

      assertThat(queue.openedAroundAFrame()).isTrue();
      assertThat(System.nanoTime() - began).isLessThan(LONGEST.toNanos());
      assertThat(server.nextFrame()).isEqualTo("one");
      assertThat(server.nextFrame()).isEqualTo("two");
    }
  }

  /** Otherwise the second of two waits until the first is acknowledged, which takes 40 ms. */
  @Test
  void smallFramesDoNotWaitForOneAnother() throws Exception {
    try (ControlPlaneSocket socket = connect()) {
      Session session = (Session) NoDelay.field(socket, "session").get(socket);
      assertThat(NoDelay.channel(session).getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    }
  }
}
