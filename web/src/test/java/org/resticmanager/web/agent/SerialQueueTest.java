package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void itemsAreWorkedOnInOrderAndByOneThreadAtATime() throws InterruptedException {
    int count = 20_000;
    List<Integer> seen = new ArrayList<>();
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger mostAtWork = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(count);
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            10,
            7,
            executor,
            batch -> {
              mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              seen.addAll(batch);
              atWork.decrementAndGet();
              batch.forEach(item -> all.countDown());
            });

    for (int i = 0; i < count; i++) {
      queue.put(i);
    }

    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).isEqualTo(IntStream.range(0, count).boxed().toList());
    assertThat(mostAtWork).hasValue(1);
  }

  @Test
  void aFullQueueRefusesAndDoesNotGrow() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            2,
            1,
            executor,
            batch -> {
              started.countDown();
              awaitQuietly(release);
            });
    queue.put(0);
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(queue.offer(1)).isTrue();
    assertThat(queue.offer(2)).isTrue();
    assertThat(queue.offer(3)).isFalse();
    release.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
