package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;

/** Whether the schedules of a host fire, all of them at once. */
@Path("/hosts/{host}/schedules-enabled")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SchedulesEnabledResource {

  @Inject private Schedules schedules;

  /**
   * @param enabled whether they fire
   * @param schedules their names; ignored on writing
   */
  public record EnabledRepresentation(Boolean enabled, List<String> schedules) {}

  /** 200 with those that it holds for, which may be none. May be repeated. 404; 422. */
  @PUT
  @RolesAllowed("operator")
  public EnabledRepresentation put(@PathParam("host") String host, EnabledRepresentation body) {
    Boolean enabled = Body.require(body).enabled();
    if (enabled == null) {
      throw new Invalid("enabled", "must be true or false");
    }
    return new EnabledRepresentation(
        enabled,
        schedules.enableAll(HostId.parse(host), enabled).stream()
            .map(ScheduleDetails::name)
            .toList());
  }
}
