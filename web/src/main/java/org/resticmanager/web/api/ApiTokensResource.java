package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.user.ApiToken;
import org.resticmanager.user.ApiTokens;

/** Tokens for programs, with the role of the person who makes them. */
@Path("/api-tokens")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiTokensResource {

  @Inject private ApiTokens tokens;

  /**
   * @param label what the token is for
   * @param expiresInDays from 1 to 366
   */
  public record NewApiTokenRepresentation(String label, int expiresInDays) {}

  /** 201 with the token, which is shown this once. */
  @POST
  @RolesAllowed("viewer")
  public Response create(NewApiTokenRepresentation body) {
    NewApiTokenRepresentation given = Body.require(body);
    ApiToken token = tokens.create(given.label(), given.expiresInDays());
    return Response.status(Response.Status.CREATED)
        .entity(new TokenRepresentation(token.text(), token.expiresAt()))
        .build();
  }
}
