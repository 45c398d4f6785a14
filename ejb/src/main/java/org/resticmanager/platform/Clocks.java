package org.resticmanager.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** Gives the rules their clock, so that tests can give them another. */
@ApplicationScoped
public class Clocks {

  /** PostgreSQL keeps microseconds: a time must read the same before and after it was stored. */
  private static final Duration PRECISION = Duration.ofNanos(1000);

  @Produces
  Clock utc() {
    return Clock.tick(Clock.systemUTC(), PRECISION);
  }
}
