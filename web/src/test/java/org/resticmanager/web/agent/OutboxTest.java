package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {

  private static final CloseReason BYE =
      new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "until later");

  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
  private final FakeSocket socket = new FakeSocket();

  @AfterEach
  void stop() {
    oneThread.shutdownNow();
  }

  @Test
  void framesGoOutInOrderHoweverManyAreWaitingAndThenTheEnd() throws Exception {
    Outbox outbox = new Outbox(socket.session(), oneThread, Long.MAX_VALUE);
    List<String> frames = IntStream.range(0, 50_000).mapToObj(Integer::toString).toList();

    frames.forEach(frame -> assertThat(outbox.offer(frame)).isTrue());
    outbox.close(BYE);

    assertThat(socket.awaitClose()).isEqualTo(1001);
    assertThat(socket.sent()).isEqualTo(frames);
  }

  @Test
  void anAgentThatDoesNotReadHoldsNoThreadAndNotMoreThanItsRoom() throws Exception {
    socket.readsNothing();
    Outbox deaf = new Outbox(socket.session(), oneThread, 1_000);
    FakeSocket other = new FakeSocket();

    assertThat(deaf.offer("on its way")).isTrue();
    awaitQuiet();
    assertThat(deaf.offer("x".repeat(800))).isTrue();
    assertThat(deaf.offer("x".repeat(800))).isFalse();
    new Outbox(other.session(), oneThread, 1_000).close(BYE);

    assertThat(other.awaitClose()).isEqualTo(1001);
    assertThat(socket.sent()).containsExactly("on its way");

    socket.readsAgain();
    deaf.close(BYE);
    assertThat(socket.awaitClose()).isEqualTo(1001);
    assertThat(socket.sent()).hasSize(2);
  }

  @Test
  void aFrameThatCannotBeSentEndsTheConnection() throws Exception {
    socket.fails();
    Outbox outbox = new Outbox(socket.session(), oneThread, 1_000);

    outbox.offer("lost");

    assertThat(socket.awaitClose()).isEqualTo(1006);
    awaitQuiet();
    outbox.offer("behind it");
    awaitQuiet();
    assertThat(socket.sent()).containsExactly("lost");
  }

  @Test
  void whenNobodyIsThereToSendTheEndIsTold() throws Exception {
    oneThread.shutdownNow();
    Outbox outbox = new Outbox(socket.session(), oneThread, 1_000);

    assertThat(outbox.offer("frame")).isFalse();
    outbox.close(BYE);

    assertThat(socket.awaitClose()).isEqualTo(1001);
  }

  private void awaitQuiet() throws Exception {
    oneThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
  }
}
