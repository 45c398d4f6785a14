package org.resticmanager.web.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Works through items in order, one batch at a time, on threads borrowed from an executor: none is
 * held while there is nothing to do, and after each batch the thread goes to whoever waits longest.
 * Bounded: nobody waits to put something in, who puts in too much is told so.
 */
final class SerialQueue<T> {

  private static final Logger LOG = Logger.getLogger(SerialQueue.class.getName());

  private final Queue<Item<T>> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong weight = new AtomicLong();
  private final int batchSize;
  private final ScheduledExecutorService executor;
  private final Pace pace;
  private final Consumer<List<T>> work;
  private final AtomicBoolean working = new AtomicBoolean();
  private final AtomicReference<Runnable> whenEmpty = new AtomicReference<>();

  /** Compared by identity: equal items are not the same. */
  private static final class Item<T> {

    private final T value;
    private final long weight;

    Item(T value, long weight) {
      this.value = value;
      this.weight = weight;
    }
  }

  /**
   * @param batchSize how many are given to the work at most in one call
   * @param pace how many may be worked on in a second
   * @param work must not throw
   */
  SerialQueue(int batchSize, ScheduledExecutorService executor, Pace pace, Consumer<List<T>> work) {
    this.batchSize = batchSize;
    this.executor = executor;
    this.pace = pace;
    this.work = work;
  }

  /**
   * Adds an item, if with it no more than {@code room} waits; without waiting, any thread.
   *
   * @return false if it was not taken: too much waits already, or nobody is there to do the work
   */
  boolean offer(T value, long itsWeight, long room) {
    if (weight.addAndGet(itsWeight) > room) {
      weight.addAndGet(-itsWeight);
      return false;
    }
    Item<T> item = new Item<>(value, itsWeight);
    items.add(item);
    if (wake()) {
      return true;
    }
    if (items.remove(item)) {
      weight.addAndGet(-itsWeight);
      return false;
    }
    return true;
  }

  /** Runs this once when all that was put in before is done; a later wish replaces it. */
  void whenEmpty(Runnable then) {
    whenEmpty.set(then);
    if (!wake()) {
      runWish();
    }
  }

  /** Forgets what has not been begun. */
  void clear() {
    for (Item<T> item = items.poll(); item != null; item = items.poll()) {
      weight.addAndGet(-item.weight);
    }
  }

  private boolean wake() {
    return !working.compareAndSet(false, true) || handOn(0);
  }

  /** False if the executor takes nothing: then nobody works. */
  private boolean handOn(long nanos) {
    try {
      if (nanos > 0) {
        var unused = executor.schedule(this::drain, nanos, TimeUnit.NANOSECONDS);
      } else {
        executor.execute(this::drain);
      }
      return true;
    } catch (RuntimeException e) { // rejected, or its server gives it no thread any more
      working.set(false);
      return false;
    }
  }

  private void drain() {
    int done = 0;
    try {
      done = workOnce();
    } catch (RuntimeException e) { // the executor would swallow it
      LOG.log(Level.SEVERE, "work failed", e);
    } finally {
      goOn(done);
    }
  }

  private int workOnce() {
    List<T> batch = new ArrayList<>();
    while (batch.size() < batchSize) {
      Item<T> item = items.poll();
      if (item == null) {
        break;
      }
      weight.addAndGet(-item.weight);
      batch.add(item.value);
    }
    if (!batch.isEmpty()) {
      work.accept(batch);
    }
    return batch.size();
  }

  private void goOn(int done) {
    long pause = pace.nanosAfter(done);
    if (items.isEmpty()) {
      runWish();
    }
    // also when there is nothing more: or many small batches would go unpaced
    if (pause > 0 || !items.isEmpty()) {
      handOn(pause);
      return;
    }
    working.set(false);
    // an item put between the last look and the flag would wait for the next one otherwise
    if (!items.isEmpty() || whenEmpty.get() != null) {
      wake();
    }
  }

  private void runWish() {
    Runnable wish = whenEmpty.getAndSet(null);
    if (wish != null) {
      wish.run();
    }
  }
}
