package org.resticmanager.agent.spool;

import java.time.Duration;

/**
 * Wakes threads that wait for something new to do. A change between looking and waiting is never
 * missed: take {@link #count()} first, look, then wait beyond it.
 */
public final class Changes {

  private long count;

  /** Something changed; wakes everyone who waits. */
  public synchronized void signal() {
    count++;
    notifyAll();
  }

  /** How many changes there have been. */
  public synchronized long count() {
    return count;
  }

  /** Waits until there were more changes than {@code seen}, or until the time is over. */
  public synchronized void awaitBeyond(long seen, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (count <= seen) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      try {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
