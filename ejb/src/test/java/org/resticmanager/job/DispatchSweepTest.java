package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.resticmanager.connection.Connections;
import org.resticmanager.host.HostId;

@Timeout(30)
class DispatchSweepTest {

  private final ExecutorService timers = Executors.newSingleThreadExecutor();
  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger kept = new AtomicInteger();

  @AfterEach
  void stop() {
    release.countDown();
    timers.shutdownNow();
  }

  @Test
  void placesInLineAreKeptHoweverLongALookAtAllHostsTakes() throws InterruptedException {
    DispatchSweep sweep = new DispatchSweep();
    sweep.connections = new Nobody();
    sweep.dispatch =
        new Dispatch() {

          @Override
          public Set<HostId> toLookAt(Set<HostId> connected, boolean behindToo) {
            looking.countDown();
            awaitQuietly(release);
            return Set.of();
          }

          @Override
          public void keepPlaces(Set<HostId> connected) {
            kept.incrementAndGet();
          }

          @Override
          public void forgetLostPlaces() {
            // there are none
          }
        };
    timers.execute(sweep::tick);
    assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
    kept.set(0);

    sweep.tick();
    sweep.keepPlaces();
    sweep.keepPlaces();

    assertThat(kept).hasValue(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Nobody extends Connections {

    @Override
    public Set<HostId> hosts() {
      return Set.of();
    }
  }
}
