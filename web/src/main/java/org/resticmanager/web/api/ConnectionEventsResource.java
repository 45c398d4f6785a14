package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.resticmanager.connection.ConnectionEvent;
import org.resticmanager.connection.ConnectionEvents;
import org.resticmanager.host.HostId;

/** What a person should know of a host's connection. */
@Path("/hosts/{host}/connection-events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionEventsResource {

  @Inject private ConnectionEvents events;

  /**
   * @param kind {@code two-agents}: two agents use this host's token; {@code too-often}: its agent
   *     connects so often that it is turned away
   * @param detail the particulars, for people
   * @param at when it was noticed; what goes on is noted once an hour
   */
  public record ConnectionEventRepresentation(String kind, String detail, Instant at) {

    static ConnectionEventRepresentation of(ConnectionEvent event) {
      return new ConnectionEventRepresentation(event.kind().code(), event.detail(), event.at());
    }
  }

  /** 200 with a page, newest first; 404. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<ConnectionEventRepresentation> list(
      @PathParam("host") String host,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(
        events.of(HostId.parse(host), cursor, limit), ConnectionEventRepresentation::of);
  }
}
