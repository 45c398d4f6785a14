package org.resticmanager.connection;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.Tick;

/**
 * Cuts connections on which nothing comes in any more. The server's own limit is not used for that:
 * what goes out counts for it too.
 */
@Singleton
@Startup
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SilenceSweep {

  /** A little above the 90 s after which a host is offline anyway. */
  static final Duration LIMIT = Duration.ofSeconds(110);

  private final Tick tick = new Tick("silent connections could not be looked for now");

  @Inject private OpenConnections connections;
  @Inject private Background background;
  @Inject private Clock clock;

  @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
  void tick() {
    tick.run(this::sweep);
  }

  /** A goodbye may take its time where nobody listens: each is said apart from the others. */
  void sweep() {
    connections
        .silentSince(clock.instant().minus(LIMIT))
        .forEach(connection -> background.execute(() -> connection.cut("nothing was heard")));
  }
}
