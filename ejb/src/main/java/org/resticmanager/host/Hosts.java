package org.resticmanager.host;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.Hello;

/** The hosts, for people and for the components that serve agents. */
@Stateless
@PermitAll
public class Hosts {

  /** The topic of notifications of new connections; the payload: host, blank, epoch. */
  public static final String CONNECTED = "host-connected";

  @Inject private HostStore store;
  @Inject private Notifications notifications;
  @Inject private Clock clock;

  /**
   * The hosts by name.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws org.resticmanager.platform.Invalid if the limit is out of range
   */
  @RolesAllowed("viewer")
  public Page<HostDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    Instant now = clock.instant();
    List<HostDetails> rows =
        store.pageByName(cursor, limit + 1).stream().map(host -> host.details(now)).toList();
    return Page.of(rows, limit, HostDetails::name);
  }

  /**
   * One host.
   *
   * @throws NotFound if there is none with this id
   */
  public HostDetails find(HostId id) {
    return entity(id).details(clock.instant());
  }

  /** The host of this name; empty if there is none. */
  @RolesAllowed("viewer")
  public Optional<HostId> named(String name) {
    return store.named(name);
  }

  /** What hosts are called; those that are gone are left out. */
  @RolesAllowed("viewer")
  public Map<HostId, String> names(Collection<HostId> hosts) {
    return store.names(hosts);
  }

  /**
   * Adds a host.
   *
   * @param wishedName gets a number if it is taken
   * @return the host with the name that it got
   */
  public HostDetails add(String wishedName, String hostname, String os, String arch) {
    Instant now = clock.instant();
    return store.insertUnderFreeName(wishedName, hostname, os, arch, now).details(now);
  }

  /**
   * Takes over what an agent says of its host as it connects, and tells all nodes that this
   * connection is the host's.
   *
   * @return the connection's epoch: the greatest one of a host is its connection
   * @throws NotFound if the host is gone
   */
  public long connected(HostId id, Hello hello) {
    entity(id).heard(hello, clock.instant());
    long epoch = store.nextEpoch(id);
    notifications.notify(CONNECTED, id + " " + epoch);
    return epoch;
  }

  /** The epoch of the host's connection, on whatever node; 0 if there never was one. */
  public long connectionEpoch(HostId id) {
    return store.epoch(id);
  }

  /** Notes that the host was heard of just now. */
  public void seen(HostId id) {
    store.seen(id, clock.instant());
  }

  private Host entity(HostId id) {
    return store.find(id).orElseThrow(() -> new NotFound("host", id.toString()));
  }
}
