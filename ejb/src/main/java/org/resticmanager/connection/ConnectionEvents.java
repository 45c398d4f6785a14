package org.resticmanager.connection;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;

/** What a person should know of the hosts' connections. */
@Stateless
@PermitAll
public class ConnectionEvents {

  /** What goes on is noted again only after this time. */
  private static final Duration ONCE_IN = Duration.ofHours(1);

  @Inject private ConnectionEventStore store;
  @Inject private Hosts hosts;
  @Inject private Clock clock;

  /** Notes that something happened just now, unless the same was noted within the last hour. */
  public void note(HostId host, ConnectionEvent.Kind kind, String detail) {
    Instant now = clock.instant();
    store.insertUnlessNoted(host, kind, detail, now, now.minus(ONCE_IN));
  }

  /**
   * The events of a host, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public Page<ConnectionEvent> of(HostId host, String cursor, int limit) {
    Page.requireLimit(limit);
    hosts.find(host);
    List<ConnectionEvent> rows = store.page(host, Page.idCursor(cursor), limit + 1);
    return Page.of(rows, limit, event -> event.id().toString());
  }
}
