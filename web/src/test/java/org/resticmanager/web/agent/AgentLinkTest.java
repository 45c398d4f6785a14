package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.WireCodec;

@Timeout(30)
class AgentLinkTest {

  private static final WireCodec CODEC = new WireCodec();
  private static final String LINE =
      CODEC.encode(
          new LogStream("job", 1, Instant.EPOCH, LogStreamName.STDOUT, "x".repeat(10_000)));
  private static final String END =
      CODEC.encode(new JobFinished("job", JobStatus.SUCCEEDED, 0, Instant.EPOCH, null, ""));
  private static final int MAX_FRAME_BYTES = 1024 * 1024;
  private static final int LINES_FOR_TWICE_THE_ROOM =
      (int) (2 * AgentLink.INBOX_BYTES_UNCONFIRMED / 10_000);

  private final ScheduledExecutorService receiving = Executors.newScheduledThreadPool(2);
  private final ScheduledExecutorService sending = Executors.newScheduledThreadPool(2);
  private final FakeSocket socket = new FakeSocket();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> worked = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    release.countDown();
    receiving.shutdownNow();
    sending.shutdownNow();
  }

  @Test
  void aHostWhoseWorkIsStuckDoesNotKeepItsSocketsThreadNorAnotherHost() throws Exception {
    AgentLink stuck = link(socket, this::workWhenReleased);
    stuck.agree(List.of(Feature.ACK));
    CountDownLatch served = new CountDownLatch(1);
    AgentLink other = link(new FakeSocket(), (link, frames) -> served.countDown());

    for (int i = 0; i < LINES_FOR_TWICE_THE_ROOM; i++) {
      stuck.received(LINE); // on this thread, as if it were the server's one thread for sockets
    }
    long asked = System.nanoTime();
    other.received(LINE);

    assertThat(served.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void manyStuckSendersDoNotKeepWhatComesIn() throws Exception {
    AgentLink link = link(socket, (self, frames) -> worked.addAll(frames));
    sending.shutdownNow();

    link.received(LINE);

    receiving.shutdown();
    assertThat(receiving.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(worked).hasSize(1);
  }

  @Test
  void anAgentThatSendsTooMuchIsCutOffWhenWhatWasTakenIsDoneAndConfirmed() throws Exception {
    AgentLink link = link(socket, this::workWhenReleased);
    link.agree(List.of(Feature.ACK));
    for (int i = 0; i < LINES_FOR_TWICE_THE_ROOM; i++) {
      link.received(LINE);
    }
    assertThat(socket.open()).isTrue();

    release.countDown();

    assertThat(socket.awaitClose()).isEqualTo(1013);
    assertThat(worked.size() * 10_000L)
        .isBetween(AgentLink.INBOX_BYTES - 500_000, AgentLink.INBOX_BYTES + 5_000_000);
    assertThat(socket.sent()).hasSameSizeAs(worked);
  }

  @Test
  void anAgentOfTheBaseProtocolLosesLinesButNotTheEndOfAJob() throws Exception {
    AgentLink link = link(socket, this::workWhenReleased);
    link.agree(List.of());
    for (int i = 0; i < LINES_FOR_TWICE_THE_ROOM; i++) {
      link.received(LINE);
    }
    link.received(END);
    release.countDown();

    receiving.submit(() -> {}).get();
    while (!worked.contains(END)) {
      Thread.onSpinWait();
    }
    assertThat(socket.open()).isTrue();
  }

  @Test
  void aFrameAboveTheLimitEndsTheConnectionAfterWhatCameBeforeIt() throws Exception {
    AgentLink link = link(socket, (self, frames) -> worked.addAll(frames));
    link.agree(List.of(Feature.ACK));
    String largest = "é".repeat(MAX_FRAME_BYTES / 2);
    link.received(LINE);
    link.received(largest);
    receiving.submit(() -> {}).get();
    assertThat(socket.open()).isTrue();

    link.received(largest + "x");
    link.received(END);

    assertThat(socket.awaitClose()).isEqualTo(1009);
    assertThat(worked).containsExactly(LINE, largest);
  }

  @Test
  void nothingIsWorkedOnAfterWhatCouldNotBe() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AgentLink link =
        link(
            socket,
            (self, frames) -> {
              started.countDown();
              awaitQuietly(release);
              worked.addAll(frames);
              self.abandon(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "try again");
            });
    link.agree(List.of(Feature.ACK));
    link.received("first");
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    link.received("second");
    release.countDown();

    assertThat(socket.awaitClose()).isEqualTo(1011);
    link.received("third");
    receiving.shutdown();
    assertThat(receiving.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(worked).containsExactly("first");
  }

  private void workWhenReleased(AgentLink link, List<String> frames) {
    awaitQuietly(release);
    worked.addAll(frames);
    frames.forEach(frame -> link.send(new EventAck("job", 1, false)));
  }

  private AgentLink link(FakeSocket at, BiConsumer<AgentLink, List<String>> work) {
    return new AgentLink(
        new HostId(Ids.next()),
        at.session(),
        CODEC,
        Clock.systemUTC(),
        receiving,
        new AgentLink.Limits(MAX_FRAME_BYTES, 1_000_000),
        sending,
        work);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
