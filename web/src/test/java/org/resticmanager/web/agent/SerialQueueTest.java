package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueueTest {

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);

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
        queue(
            7,
            batch -> {
              mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              seen.addAll(batch);
              atWork.decrementAndGet();
              batch.forEach(item -> all.countDown());
            });

    for (int i = 0; i < count; i++) {
      while (!queue.offer(i, 1, 10)) {
        Thread.onSpinWait();
      }
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
        queue(
            1,
            batch -> {
              started.countDown();
              awaitQuietly(release);
            });
    queue.offer(0, 1, 2);
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(queue.offer(1, 1, 2)).isTrue();
    assertThat(queue.offer(2, 1, 2)).isTrue();
    assertThat(queue.offer(3, 1, 2)).isFalse();
    assertThat(queue.offer(3, 1, 3)).isTrue();
    release.countDown();
  }

  @Test
  void anExecutorThatRefusesOnceDoesNotStopTheQueueForEver() throws InterruptedException {
    AtomicBoolean refusing = new AtomicBoolean(true);
    ScheduledThreadPoolExecutor moody =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public void execute(Runnable work) {
            if (refusing.get()) {
              throw new java.util.concurrent.RejectedExecutionException("not now");
            }
            super.execute(work);
          }
        };
    List<Integer> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            10,
            moody,
            unlimited(),
            batch -> {
              seen.addAll(batch);
              done.countDown();
            });
    try {
      assertThat(queue.offer(1, 1, 10)).isFalse();
      refusing.set(false);
      assertThat(queue.offer(2, 1, 10)).isTrue();

      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).containsExactly(2);
    } finally {
      moody.shutdownNow();
    }
  }

  @Test
  void whoeverHasMuchDoesNotKeepTheThreadFromOthers() throws InterruptedException {
    ScheduledExecutorService one = Executors.newScheduledThreadPool(1);
    AtomicInteger doneByFlood = new AtomicInteger();
    AtomicInteger floodBeforeOther = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    try {
      SerialQueue<Integer> flood =
          new SerialQueue<>(
              1,
              one,
              unlimited(),
              batch -> {
                awaitQuietly(begin);
                doneByFlood.incrementAndGet();
              });
      SerialQueue<Integer> quiet =
          new SerialQueue<>(
              1,
              one,
              unlimited(),
              batch -> {
                floodBeforeOther.set(doneByFlood.get());
                other.countDown();
              });
      IntStream.range(0, 1000).forEach(i -> flood.offer(i, 1, 1000));
      quiet.offer(1, 1, 1);
      begin.countDown();

      assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(floodBeforeOther.get()).isLessThanOrEqualTo(2);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void noMoreIsDoneInASecondThanThePaceAllows() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(300);
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            10,
            executor,
            new Pace(100, System::nanoTime),
            batch -> batch.forEach(item -> done.countDown()));
    long began = System.nanoTime();
    IntStream.range(0, 300).forEach(i -> queue.offer(i, 1, 300));

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1800));
  }

  @Test
  void whatComesOneByOneIsPacedToo() throws InterruptedException {
    Semaphore done = new Semaphore(0);
    SerialQueue<Integer> queue =
        new SerialQueue<>(
            10, executor, new Pace(100, System::nanoTime), batch -> done.release(batch.size()));
    long began = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      queue.offer(i, 1, 300);
      assertThat(done.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1800));
  }

  @Test
  void theWishForWhenItIsEmptyComesAfterAllThatWasPutInBefore() throws InterruptedException {
    List<Integer> seen = new ArrayList<>();
    CountDownLatch wish = new CountDownLatch(1);
    SerialQueue<Integer> queue = queue(3, seen::addAll);
    IntStream.range(0, 100).forEach(i -> queue.offer(i, 1, 100));
    queue.whenEmpty(
        () -> {
          seen.add(-1);
          wish.countDown();
        });

    assertThat(wish.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasSize(101).endsWith(98, 99, -1);
  }

  private SerialQueue<Integer> queue(int batchSize, Consumer<List<Integer>> work) {
    return new SerialQueue<>(batchSize, executor, unlimited(), work);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Pace unlimited() {
    return new Pace(Integer.MAX_VALUE, System::nanoTime);
  }
}
