package org.resticmanager.health;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;
import org.resticmanager.source.Blackouts;

/** Judges hosts by what the database says of them now, and notes the judgements. */
@Stateless
@PermitAll
public class HealthChecks {

  /** Shorter than the time from one sweep to the next by more than clocks of nodes differ. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  @Inject private HealthStore store;
  @Inject private Blackouts blackouts;
  @Inject private FleetNews news;
  @Inject private Clock clock;

  /** Judges all hosts, unless another node has just done so. */
  public void judgeAll() {
    Instant now = clock.instant();
    if (store.begin(now, now.minus(PAUSE))) {
      Set<HostId> leftAlone = blackouts.hosts();
      note(
          store.facts(),
          (host, from) -> leftAlone.contains(host) ? blackouts.allowed(host, from) : from);
    }
  }

  /** Judges one host; does nothing if it is gone. May be repeated. */
  public void judge(HostId host) {
    note(store.facts(host), blackouts::allowed);
  }

  private void note(List<HostFacts> facts, BiFunction<HostId, Instant, Instant> allowed) {
    Judge judge = new Judge(clock.instant(), allowed);
    if (store.note(facts.stream().collect(Collectors.toMap(HostFacts::host, judge::judge))) > 0) {
      news.changed();
    }
  }
}
