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

  /** So much has been done on the way. */
  void did(int some) {
    dueAt = Math.max(dueAt, nanoTime.getAsLong() - (double) BURST_NANOS) + some * nanosEach;
  }

  /** So much has just been done: how long to wait before the next. */
  long nanosAfter(int done) {
    did(done);
    return Math.max(0, (long) (dueAt - nanoTime.getAsLong()));
  }
}
