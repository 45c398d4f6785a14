package org.resticmanager.source;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;

/**
 * When hosts are to be left alone: what schedules, retries and maintenance plans queue begins
 * outside of these windows. What a person asks for begins at once all the same, and what runs goes
 * on.
 */
@Stateless
@PermitAll
public class Blackouts {

  @Inject private BlackoutStore store;
  @Inject private Hosts hosts;
  @Inject private Audit audit;

  /**
   * The windows of a host; none unless somebody has set some.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public BlackoutWindows of(HostId host) {
    hosts.find(host);
    return windows(host);
  }

  /**
   * Replaces the windows of a host. May be repeated. What waits already keeps its moment.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("operator")
  public void put(HostId host, BlackoutWindows windows) {
    HostDetails owner = hosts.find(host);
    HostBlackouts known = store.ofForUpdate(host);
    audit.changed(
        "blackouts.changed",
        Target.of("host", host, owner.name()),
        known.windows().facts(),
        windows.facts());
    known.set(windows);
  }

  /**
   * The first moment from this one on at which something may begin by itself on a host, whoever
   * sees it.
   */
  public Instant allowed(HostId host, Instant from) {
    BlackoutWindows windows = windows(host);
    if (windows.windows().isEmpty()) {
      return from;
    }
    HostDetails details = hosts.known(host);
    ZoneId zone = details.zone() == null ? ZoneOffset.UTC : details.zone();
    return windows.allowed(from, zone);
  }

  /** Hosts that may have windows; of all others {@link #allowed} need not be asked. */
  public Set<HostId> hosts() {
    return store.hosts();
  }

  private BlackoutWindows windows(HostId host) {
    return store.of(host).map(HostBlackouts::windows).orElse(BlackoutWindows.NONE);
  }
}
