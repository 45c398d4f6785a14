package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.bandwidth.BandwidthPlan;
import org.resticmanager.bandwidth.BandwidthWindow;
import org.resticmanager.bandwidth.Bandwidths;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Zones;
import org.resticmanager.web.api.BlackoutsResource.WindowRepresentation;

/** How much of its network a host gives to restic. */
@Path("/hosts/{host}/bandwidth")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BandwidthResource {

  @Inject private Bandwidths bandwidths;

  /**
   * Limits are KiB per second; 0 or absent for none.
   *
   * @param uploadKib outside of all windows
   * @param downloadKib likewise
   * @param zone by whose clock the windows are; absent for the host's own
   * @param windows with limits of their own; of two that hold at once the first counts
   */
  public record BandwidthRepresentation(
      Long uploadKib, Long downloadKib, String zone, List<LimitedWindowRepresentation> windows)
      implements Editable {

    static BandwidthRepresentation of(BandwidthPlan plan) {
      return new BandwidthRepresentation(
          plan.otherwise().uploadKib(),
          plan.otherwise().downloadKib(),
          plan.zone().map(ZoneId::getId).orElse(null),
          plan.windows().stream().map(LimitedWindowRepresentation::of).toList());
    }

    BandwidthPlan plan() {
      return new BandwidthPlan(
          Bandwidth.of(uploadKib, downloadKib),
          Zones.optional(zone),
          windows == null
              ? List.of()
              : windows.stream().map(LimitedWindowRepresentation::window).toList());
    }

    @Override
    public List<Object> editable() {
      return Arrays.asList(
          uploadKib,
          downloadKib,
          zone,
          windows.stream().map(LimitedWindowRepresentation::editable).toList());
    }
  }

  /**
   * @param days on which it begins: {@code monday} and so on
   * @param from when it begins, as {@code 08:00}
   * @param to when it ends; on the next day if that is not later
   * @param uploadKib what holds in it
   * @param downloadKib likewise
   */
  public record LimitedWindowRepresentation(
      List<String> days, String from, String to, Long uploadKib, Long downloadKib) {

    static LimitedWindowRepresentation of(BandwidthWindow window) {
      WindowRepresentation hours = WindowRepresentation.of(window.hours());
      return new LimitedWindowRepresentation(
          hours.days(),
          hours.from(),
          hours.to(),
          window.limits().uploadKib(),
          window.limits().downloadKib());
    }

    BandwidthWindow window() {
      return new BandwidthWindow(
          new WindowRepresentation(days, from, to).window(), Bandwidth.of(uploadKib, downloadKib));
    }

    private List<Object> editable() {
      return List.of(days, from, to, uploadKib, downloadKib);
    }
  }

  /** 200; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public BandwidthRepresentation find(@PathParam("host") String host) {
    return BandwidthRepresentation.of(bandwidths.of(HostId.parse(host)));
  }

  /** 200: replaced; 412 if somebody else has changed them; 404; 422. */
  @PUT
  @RolesAllowed("operator")
  public BandwidthRepresentation put(
      @PathParam("host") String host,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch,
      BandwidthRepresentation body) {
    BandwidthPlan plan = Body.require(body).plan();
    bandwidths.put(
        HostId.parse(host), plan, current -> ifMatch.require(BandwidthRepresentation.of(current)));
    return BandwidthRepresentation.of(plan);
  }
}
