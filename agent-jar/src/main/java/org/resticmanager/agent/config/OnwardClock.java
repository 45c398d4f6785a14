package org.resticmanager.agent.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * For measuring how long something takes, not for telling the time: goes on when the wall clock is
 * set back, as if that had not happened, and also passes the time that the machine sleeps.
 * Thread-safe.
 */
public final class OnwardClock extends Clock {

  /** A busy machine may let this much pass between the two clocks' readings. */
  private static final Duration READ_APART = Duration.ofSeconds(1);

  private final Clock wall;
  private final LongSupplier nanoTime;
  private Duration ahead = Duration.ZERO;
  private Instant last;
  private long lastNanos;

  /** Begins with what the wall clock shows. */
  public OnwardClock(Clock wall) {
    this(wall, System::nanoTime);
  }

  OnwardClock(Clock wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.last = wall.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    Instant shown = wall.instant();
    long nanos = nanoTime.getAsLong();
    // the counter may stand still while the machine sleeps: then the wall clock knows better
    Instant atLeast = last.plusNanos(nanos - lastNanos);
    if (shown.plus(ahead).isBefore(atLeast.minus(READ_APART))) {
      ahead = Duration.between(shown, atLeast);
    }
    Instant now = shown.plus(ahead);
    last = now.isBefore(last) ? last : now;
    lastNanos = nanos;
    return last;
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new OnwardClock(wall.withZone(zone), nanoTime);
  }
}
