package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.BlackoutWindows;
import org.resticmanager.source.BlackoutWindows.Window;
import org.resticmanager.source.Blackouts;

/** When a host is to be left alone. */
@Path("/hosts/{host}/blackouts")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BlackoutsResource {

  @Inject private Blackouts blackouts;

  /**
   * @param zone by whose clock, as {@code Europe/Berlin}; absent for the host's own
   * @param windows in which schedules and retries begin nothing
   */
  public record BlackoutsRepresentation(String zone, List<WindowRepresentation> windows) {

    static BlackoutsRepresentation of(BlackoutWindows blackouts) {
      return new BlackoutsRepresentation(
          blackouts.zone().map(ZoneId::getId).orElse(null),
          blackouts.windows().stream().map(WindowRepresentation::of).toList());
    }

    BlackoutWindows windowsOfZone() {
      return BlackoutWindows.of(
          zone,
          windows == null
              ? List.of()
              : windows.stream().map(WindowRepresentation::window).toList());
    }
  }

  /**
   * @param days on which it begins: {@code monday} and so on
   * @param from when it begins, as {@code 08:00}
   * @param to when it ends; on the next day if that is not later
   */
  public record WindowRepresentation(List<String> days, String from, String to) {

    static WindowRepresentation of(Window window) {
      return new WindowRepresentation(
          window.days().stream().map(day -> day.name().toLowerCase(Locale.ROOT)).toList(),
          window.from().toString(),
          window.to().toString());
    }

    Window window() {
      return new Window(daysOfWeek(), time(from), time(to));
    }

    private Set<DayOfWeek> daysOfWeek() {
      EnumSet<DayOfWeek> set = EnumSet.noneOf(DayOfWeek.class);
      for (String day : days == null ? List.<String>of() : days) {
        try {
          set.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
          throw new Invalid("windows", "must name days as 'monday', unlike '" + day + "'");
        }
      }
      return set;
    }

    private static LocalTime time(String text) {
      try {
        return text == null ? null : LocalTime.parse(text);
      } catch (DateTimeException e) {
        throw new Invalid("windows", "must name times as '08:00', unlike '" + text + "'");
      }
    }
  }

  /** 200; 404 if there is no such host. */
  @GET
  @RolesAllowed("viewer")
  public BlackoutsRepresentation find(@PathParam("host") String host) {
    return BlackoutsRepresentation.of(blackouts.of(HostId.parse(host)));
  }

  /** 200: replaced. May be repeated. 422 if they cannot be read, or leave no time at all. */
  @PUT
  @RolesAllowed("operator")
  public BlackoutsRepresentation put(@PathParam("host") String host, BlackoutsRepresentation body) {
    BlackoutWindows windows = Body.require(body).windowsOfZone();
    blackouts.put(HostId.parse(host), windows);
    return BlackoutsRepresentation.of(windows);
  }
}
