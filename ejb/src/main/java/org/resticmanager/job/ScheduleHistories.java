package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;

/** What schedules have fired, for people. */
@Stateless
@PermitAll
public class ScheduleHistories {

  @Inject private ScheduleHistoryStore store;
  @Inject private Hosts hosts;

  /**
   * What the schedules of a host have fired from a moment on; the newest if that is very much.
   *
   * @throws org.resticmanager.platform.NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public ScheduleHistory of(HostId host, Instant from) {
    hosts.find(host);
    return store.read(host, from);
  }
}
