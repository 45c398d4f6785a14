package org.resticmanager.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Gives the rules their clock, so that tests can give them another. */
@ApplicationScoped
public class Clocks {

  @Produces
  Clock utc() {
    return Clock.systemUTC();
  }
}
