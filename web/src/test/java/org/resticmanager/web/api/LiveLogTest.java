package org.resticmanager.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobSearch;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobStatus;

class LiveLogTest {

  private final AtomicInteger asked = new AtomicInteger();
  private boolean over;

  @Test
  void whoIsNotLetInAnyMoreReadsNoFurtherHoweverMuchThereIs() {
    EndlessLog log = new EndlessLog(Duration.ofSeconds(1));

    follow(log, () -> asked.incrementAndGet() < 3);

    assertThat(over).isTrue();
    assertThat(asked).hasValue(3);
    assertThat(log.read()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void whoNeverComesToTheEndHasToComeBackAfterAnHour() {
    EndlessLog log = new EndlessLog(Duration.ofMinutes(1));

    follow(log, () -> true);

    assertThat(over).isTrue();
    assertThat(log.read()).isEqualTo(Duration.ofMinutes(61));
  }

  private void follow(EndlessLog log, BooleanSupplier stillLetIn) {
    LiveLog live =
        new LiveLog(
            new JobId(Ids.next()),
            0,
            answering(SseEventSink.class, CompletableFuture.completedFuture(null)),
            answering(Sse.class, answering(OutboundSseEvent.Builder.class, null)),
            log,
            new RunningJob(),
            Runnable::run,
            new Leave(stillLetIn, LiveLog.LONGEST, log::nanoTime));
    live.whenClosed(() -> over = true);
    live.look();
  }

  private static final class RunningJob extends JobSearch {

    @Override
    public Optional<JobStatus> statusOf(JobId job) {
      return Optional.of(JobStatus.RUNNING);
    }
  }

  /**
   * One that does nothing: a call that wants one of its own kind gets itself, others the answer.
   */
  private static <T> T answering(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            LiveLogTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getReturnType().isInstance(self)
                    ? self
                    : method.getReturnType().isInstance(answer) ? answer : null));
  }
}
