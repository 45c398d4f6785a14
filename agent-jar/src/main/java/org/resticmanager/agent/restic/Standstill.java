package org.resticmanager.agent.restic;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether a process that lives has done nothing for so long that it will not do anything any more:
 * it said nothing new, and used next to no processor time. What goes on without a word, or so
 * slowly that it shows in words alone, is not taken for it. The time that the machine sleeps does
 * not count. For one thread.
 */
final class Standstill {

  /** Asking for the processor time is not for nothing. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final int LOOKS = 10;

  /**
   * A restic 0.18 that stood still, and repeated its status each second, used one part in 3900; one
   * that saves 100 KiB in a second uses one in 680.
   */
  private static final int IDLE_PART = 1000;

  private static final Duration LEAST_BUSY = Duration.ofMillis(100);

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final Supplier<Optional<Duration>> processorTime;
  private boolean heard = true;
  private boolean reached;
  private long lookedAt;
  private long since;
  private Duration usedBefore = Duration.ZERO;

  /**
   * @param limit after how long without any doing it is one
   * @param nanoTime as {@link System#nanoTime()}
   * @param processorTime what the process has used in all; empty if nobody knows
   */
  Standstill(Duration limit, LongSupplier nanoTime, Supplier<Optional<Duration>> processorTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.processorTime = processorTime;
    this.lookedAt = nanoTime.getAsLong();
    this.since = lookedAt;
  }

  /** The process has said something new. */
  void heard() {
    heard = true;
  }

  /** To be asked now and then; once it is one it stays one, whatever the end of it looks like. */
  boolean reached() {
    long now = nanoTime.getAsLong();
    if (!reached && now - lookedAt >= pause().toNanos()) {
      lookedAt = now;
      look(now);
    }
    return reached;
  }

  private Duration pause() {
    Duration part = limit.dividedBy(LOOKS);
    return part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
  }

  private void look(long now) {
    Optional<Duration> used = processorTime.get();
    if (heard || used.isEmpty() || busy(used.get())) {
      heard = false;
      since = now;
      usedBefore = used.orElse(usedBefore);
    }
    reached = now - since >= limit.toNanos();
  }

  /** Less than before means that something of it has ended, and with it its share of the time. */
  private boolean busy(Duration used) {
    Duration part = limit.dividedBy(IDLE_PART);
    Duration idle = part.compareTo(LEAST_BUSY) < 0 ? LEAST_BUSY : part;
    return used.compareTo(usedBefore) < 0 || used.minus(usedBefore).compareTo(idle) > 0;
  }
}
