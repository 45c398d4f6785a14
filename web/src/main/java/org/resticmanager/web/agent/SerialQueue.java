package org.resticmanager.web.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Works through items in order, one batch at a time, on threads borrowed from an executor: none is
 * held while there is nothing to do. Bounded: who puts more waits, and so does the peer behind it.
 */
final class SerialQueue<T> {

  private final BlockingQueue<T> items;
  private final int batchSize;
  private final Executor executor;
  private final Consumer<List<T>> work;
  private final AtomicBoolean working = new AtomicBoolean();

  /**
   * @param capacity how many items may wait
   * @param batchSize how many are given to the work at most in one call
   * @param work must not throw
   */
  SerialQueue(int capacity, int batchSize, Executor executor, Consumer<List<T>> work) {
    this.items = new LinkedBlockingQueue<>(capacity);
    this.batchSize = batchSize;
    this.executor = executor;
    this.work = work;
  }

  /** Adds an item, waiting while the queue is full. */
  void put(T item) throws InterruptedException {
    items.put(item);
    wake();
  }

  /** Adds an item without waiting; false if the queue is full. */
  boolean offer(T item) {
    boolean taken = items.offer(item);
    wake();
    return taken;
  }

  private void wake() {
    if (working.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    try {
      List<T> batch = new ArrayList<>(batchSize);
      while (items.drainTo(batch, batchSize) > 0) {
        work.accept(batch);
        batch.clear();
      }
    } finally {
      working.set(false);
    }
    // an item put between the last look and the flag would wait for the next one otherwise
    if (!items.isEmpty()) {
      wake();
    }
  }
}
