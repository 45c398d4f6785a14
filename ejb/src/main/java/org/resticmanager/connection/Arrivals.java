package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.resticmanager.host.HostId;

/**
 * How often each host's agent connects to this node. Each time costs several statements, so one
 * that comes back without a pause is turned away before it takes what the others need. Any thread.
 */
@ApplicationScoped
public class Arrivals {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Map<HostId, Account> byHost = new ConcurrentHashMap<>();
  private ConnectionSettings settings;
  private ConnectionEvents events;
  private Clock clock;

  /**
   * What a host has taken of its allowance.
   *
   * @param paidUntil with every connection it moves on by one's share of the window; a window ahead
   *     of now nothing is left
   * @param turnedAway so often in a row by now
   */
  private record Account(Instant paidUntil, int turnedAway) {}

  /** For the container's proxy. */
  protected Arrivals() {}

  @Inject
  Arrivals(ConnectionSettings settings, ConnectionEvents events, Clock clock) {
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Counts one more connection of this host.
   *
   * @return empty if it may come in; otherwise after which time it may
   */
  public Optional<Duration> turnAway(HostId host) {
    Instant now = clock.instant();
    int most = settings.connectionsPerMinute();
    Duration share = WINDOW.dividedBy(most);
    Instant full = now.plus(WINDOW).minus(share);
    Account account = byHost.compute(host, (key, known) -> counted(known, now, full, share));
    if (account.turnedAway() == 0) {
      return Optional.empty();
    }
    if (account.turnedAway() == 1) {
      String detail = "It connected more than " + most + " times within a minute.";
      events.note(host, ConnectionEvent.Kind.TOO_OFTEN, detail);
    }
    return Optional.of(Duration.between(full, account.paidUntil()));
  }

  private static Account counted(Account known, Instant now, Instant full, Duration share) {
    if (known == null || known.paidUntil().isBefore(now)) {
      return new Account(now.plus(share), 0);
    }
    return known.paidUntil().isAfter(full)
        ? new Account(known.paidUntil(), known.turnedAway() + 1)
        : new Account(known.paidUntil().plus(share), 0);
  }
}
