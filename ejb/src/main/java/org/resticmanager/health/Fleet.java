package org.resticmanager.health;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;

/**
 * The fleet that the caller sees, at a glance. Each answer is one query, whatever the number of
 * hosts.
 */
@Stateless
@PermitAll
public class Fleet {

  /** What growth is measured over. */
  public static final int GROWTH_DAYS = 30;

  private static final int HOURS = 24;

  @Inject private FleetStore store;
  @Inject private Hosts hosts;
  @Inject private Clock clock;

  /** How many hosts are how well protected. */
  @RolesAllowed("viewer")
  public FleetCounts counts() {
    return store.counts(hosts.sight());
  }

  /**
   * Hosts to look after: the failing ones first, then those at risk and those of which little is
   * known; which waits longest leads. A first backup that is not due yet concerns nobody.
   */
  @RolesAllowed("viewer")
  public List<Concern> concerns(int limit) {
    Instant onlineSince = clock.instant().minus(HostDetails.OFFLINE_AFTER);
    List<Concern> concerns =
        new ArrayList<>(store.concerns(hosts.sight(), Health.FAILING, onlineSince, limit));
    for (Health next : List.of(Health.AT_RISK, Health.UNKNOWN)) {
      if (concerns.size() < limit) {
        concerns.addAll(store.concerns(hosts.sight(), next, onlineSince, limit - concerns.size()));
      }
    }
    return concerns;
  }

  /**
   * How well one host is protected, and why; empty if it was not judged yet.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public Optional<Judgement> of(HostId host) {
    hosts.find(host);
    return store.judgement(host);
  }

  /** What ended in each of the last 24 hours, the one that goes on included; the oldest first. */
  @RolesAllowed("viewer")
  public List<Hour> lastDay() {
    Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1));
    return store.hours(hosts.sight(), from, HOURS);
  }

  /** The repositories that have grown most. */
  @RolesAllowed("viewer")
  public List<Growth> growth(int limit) {
    return store.growth(
        hosts.sight(),
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(GROWTH_DAYS),
        limit);
  }

  /** Repositories in which the last check found something; the first ten. */
  @RolesAllowed("viewer")
  public List<Growth> damaged() {
    return store.damaged(hosts.sight());
  }
}
