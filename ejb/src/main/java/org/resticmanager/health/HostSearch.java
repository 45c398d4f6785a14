package org.resticmanager.health;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Page;

/** Finds hosts among all that the caller sees. */
@Stateless
@PermitAll
public class HostSearch {

  private static final int MOST_TAGS = 500;

  @Inject private HostSearchStore store;
  @Inject private Hosts hosts;
  @Inject private Clock clock;

  /**
   * Some of the hosts that a filter lets through.
   *
   * @param offset how many are left out before them
   * @throws org.resticmanager.platform.Invalid if the limit is out of range
   */
  @RolesAllowed("viewer")
  public FoundHosts find(HostFilter filter, HostOrder order, long offset, int limit) {
    return store.find(
        hosts.sight(),
        filter,
        order,
        clock.instant().minus(HostDetails.OFFLINE_AFTER),
        offset,
        Page.requireLimit(limit));
  }

  /** The tags that hosts have, by name. */
  @RolesAllowed("viewer")
  public List<String> tags() {
    return store.tags(hosts.sight(), MOST_TAGS);
  }
}
