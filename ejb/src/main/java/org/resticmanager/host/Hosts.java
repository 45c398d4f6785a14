package org.resticmanager.host;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.Hello;

/**
 * The hosts, for people and for the components that serve agents. Here, and only here, the name of
 * a host becomes a host: one that the caller does not see is not there.
 */
@Stateless
@PermitAll
public class Hosts {

  /** The topic of notifications of new connections; the payload: host, blank, epoch. */
  public static final String CONNECTED = "host-connected";

  @Inject private HostStore store;
  @Inject private Notifications notifications;
  @Inject private HostTagStore tags;
  @Inject private SignOfLifeStore signs;
  @Inject private CallerSight caller;
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
        store.pageByName(sight(), cursor, limit + 1).stream()
            .map(host -> host.details(now))
            .toList();
    return Page.of(rows, limit, HostDetails::name);
  }

  /**
   * One host. Whoever takes a host from a caller asks for it here first.
   *
   * @throws NotFound if there is none with this id, or the caller does not see it
   */
  public HostDetails find(HostId id) {
    HostDetails host = known(id);
    if (!sees(sight(), id)) {
      throw unknown(id);
    }
    return host;
  }

  /**
   * One host, whoever sees it; for components that work something out of hosts that the caller did
   * not name, and say nothing of them.
   *
   * @throws NotFound if there is none with this id
   */
  public HostDetails known(HostId id) {
    return entity(id).details(clock.instant());
  }

  /** Which hosts the caller sees; our own threads see all of them. */
  public Sight sight() {
    try {
      return caller.sight();
    } catch (ContextNotActiveException e) {
      return Sight.EVERYTHING; // a thread of ours, not a request
    }
  }

  /** Whether a host is seen, for a reader who was let in when they began and reads on. */
  public boolean sees(Sight sight, HostId host) {
    return !tags.seen(sight, List.of(host)).isEmpty();
  }

  /** Those of these hosts that the caller sees. */
  public Set<HostId> seen(Collection<HostId> hosts) {
    return tags.seen(sight(), hosts);
  }

  /**
   * Whether a host was heard of lately; for components that look for one, whoever sees it.
   *
   * @throws NotFound if there is no such host
   */
  public boolean online(HostId id) {
    return known(id).online();
  }

  /** These hosts; those that are gone or not seen are left out. */
  @RolesAllowed("viewer")
  public Map<HostId, HostDetails> of(Collection<HostId> hosts) {
    Instant now = clock.instant();
    return store.of(seen(hosts)).stream()
        .map(host -> host.details(now))
        .collect(Collectors.toMap(HostDetails::id, Function.identity()));
  }

  /** The host of this name; empty if there is none. */
  @RolesAllowed("viewer")
  public Optional<HostId> named(String name) {
    return store.named(name).filter(host -> sees(sight(), host));
  }

  /** The host of this name, whoever sees it, for components that say nothing of it to people. */
  public Optional<HostId> bearing(String name) {
    return store.named(name);
  }

  /** What hosts are called; those that are gone or not seen are left out. */
  @RolesAllowed("viewer")
  public Map<HostId, String> names(Collection<HostId> hosts) {
    return store.names(seen(hosts));
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

  /** Notes when these hosts were heard of. */
  public void heardOf(Map<HostId, Instant> heard) {
    if (!heard.isEmpty()) {
      signs.note(heard);
    }
  }

  private Host entity(HostId id) {
    return store.find(id).orElseThrow(() -> unknown(id));
  }

  private static NotFound unknown(HostId id) {
    return new NotFound("host", id.toString());
  }
}
