package org.resticmanager.bandwidth;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;

/** The limits of hosts. */
@Stateless
@PermitAll
public class Bandwidths {

  @Inject private BandwidthStore store;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * The limits of a host; none unless somebody has set some.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public BandwidthPlan of(HostId host) {
    hosts.find(host);
    return store.of(host).map(HostBandwidth::plan).orElse(BandwidthPlan.NONE);
  }

  /**
   * Replaces the limits of a host; they hold for what is sent to it from now on. May be repeated.
   *
   * @param condition is asked with the limits locked, before the change; throws to refuse it
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("operator")
  public void put(HostId host, BandwidthPlan plan, Consumer<BandwidthPlan> condition) {
    String name = hosts.find(host).name();
    HostBandwidth known = store.ofForUpdate(host);
    condition.accept(known.plan());
    audit.changed(
        "bandwidth.changed", Target.of("host", host, name), known.plan().facts(), plan.facts());
    known.set(plan);
  }

  /** What holds on a host at this moment; empty if nobody has set anything. */
  public Optional<Bandwidth> now(HostId host) {
    return store
        .of(host)
        .map(HostBandwidth::plan)
        .filter(plan -> !plan.equals(BandwidthPlan.NONE))
        .map(plan -> plan.at(clock.instant(), zone(host)));
  }

  private ZoneId zone(HostId host) {
    ZoneId zone = hosts.find(host).zone();
    return zone == null ? ZoneOffset.UTC : zone;
  }
}
