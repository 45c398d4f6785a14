package org.resticmanager.web.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A limit of how much may be done in a second; what was not used of it within the last second may
 * be made up for. For one thread at a time.
 */
final class Pace {

  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double nanosEach;
  private final LongSupplier nanoTime;
  private double dueAt;

  Pace(int perSecond, LongSupplier nanoTime) {
    this.nanosEach = (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.nanoTime = nanoTime;
    this.dueAt = nanoTime.getAsLong();
  }

  /** So much has just been done: how long to wait before the next. */
  long nanosAfter(int done) {
    long now = nanoTime.getAsLong();
    dueAt = Math.max(dueAt, now - (double) BURST_NANOS) + done * nanosEach;
    return Math.max(0, (long) (dueAt - now));
  }
}
