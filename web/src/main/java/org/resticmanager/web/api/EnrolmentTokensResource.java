package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.enrolment.EnrolmentToken;
import org.resticmanager.enrolment.Enrolments;

/** One-time tokens with which machines become hosts. */
@Path("/enrolment-tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentTokensResource {

  @Inject private Enrolments enrolments;

  /** 201 with a token that is good for one machine within one hour, and shown this once. */
  @POST
  @RolesAllowed("operator")
  public Response create() {
    EnrolmentToken token = enrolments.createToken();
    return Response.status(Response.Status.CREATED)
        .entity(new TokenRepresentation(token.text(), token.expiresAt()))
        .build();
  }
}
