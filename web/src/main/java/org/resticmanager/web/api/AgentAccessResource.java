package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.resticmanager.enrolment.AgentAccess;
import org.resticmanager.enrolment.AgentTokens;
import org.resticmanager.host.HostId;

/** Whether a host's agent may sign in, and with how old a token. */
@Path("/hosts/{host}/agent-token")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class AgentAccessResource {

  @Inject private AgentTokens tokens;

  /**
   * @param state {@code valid} or {@code cut-off}
   * @param madeAt when the newest token that the agent has was made; absent if it has used none
   * @param cutOffAt when it was cut off; absent if it may sign in
   * @param rotationWantedAt since when somebody wants the token replaced; absent if nobody does
   * @param rotationWantedBy who; absent if nobody does
   */
  public record AgentAccessRepresentation(
      String state,
      Instant madeAt,
      Instant cutOffAt,
      Instant rotationWantedAt,
      String rotationWantedBy) {

    static AgentAccessRepresentation of(AgentAccess access) {
      return new AgentAccessRepresentation(
          access.cutOff() ? "cut-off" : "valid",
          access.tokenMadeAt(),
          access.cutOffAt(),
          access.rotationWantedAt(),
          access.rotationWantedBy());
    }
  }

  /** 200; 404. */
  @GET
  @RolesAllowed("viewer")
  public AgentAccessRepresentation find(@PathParam("host") String host) {
    return AgentAccessRepresentation.of(tokens.access(HostId.parse(host)));
  }

  /**
   * 202: the agent gets another token, at once or when it comes back; 404; 409 if it is cut off.
   * May be repeated.
   */
  @POST
  @Path("/rotation")
  @RolesAllowed("operator")
  public Response rotate(@PathParam("host") String host) {
    return Response.accepted(AgentAccessRepresentation.of(tokens.rotate(HostId.parse(host))))
        .build();
  }

  /** 204: its tokens are worthless and its connection is closed; 404. May be repeated. */
  @DELETE
  @RolesAllowed("operator")
  public void cutOff(@PathParam("host") String host) {
    tokens.cutOff(HostId.parse(host));
  }
}
