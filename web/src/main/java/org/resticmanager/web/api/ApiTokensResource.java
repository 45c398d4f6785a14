package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;
import org.resticmanager.user.ApiToken;
import org.resticmanager.user.ApiTokenDetails;
import org.resticmanager.user.ApiTokens;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Scope;
import org.resticmanager.user.TokenId;

/** Tokens for programs: never with more rights than the person who made them has now. */
@Path("/api-tokens")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiTokensResource {

  private static final int MAX_SCOPE = 100;

  @Inject private ApiTokens tokens;

  /**
   * @param label what the token is for
   * @param scope {@code read}, {@code operate}, {@code restore} or {@code admin}; absent for as
   *     much as the caller
   * @param hostTags it sees the hosts with one of them; absent or empty: all that the caller sees
   * @param expiresInDays from 1 to 366
   */
  public record NewApiTokenRepresentation(
      String label, String scope, List<String> hostTags, int expiresInDays) {}

  /**
   * @param id by which it is revoked
   * @param token the secret, shown this once
   * @param expiresAt after this moment it is refused
   */
  public record FreshApiTokenRepresentation(String id, String token, Instant expiresAt) {}

  /**
   * @param id by which it is revoked
   * @param person whose it is
   * @param label what it is for
   * @param scope what it may do at most
   * @param hostTags it sees the hosts with one of them, of those that its person sees; none: all of
   *     those
   * @param createdAt when it was made
   * @param expiresAt after this moment it is refused
   * @param lastUsedAt to the minute; absent if never
   */
  public record ApiTokenRepresentation(
      String id,
      String person,
      String label,
      String scope,
      List<String> hostTags,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt) {

    static ApiTokenRepresentation of(ApiTokenDetails token) {
      return new ApiTokenRepresentation(
          token.id().toString(),
          token.person().name(),
          token.label(),
          token.scope().scopeName(),
          token.hostTags().names(),
          token.createdAt(),
          token.expiresAt(),
          token.lastUsedAt());
    }
  }

  /** 201 with the token, which is shown this once. */
  @POST
  @RolesAllowed(Caller.SIGNED_IN)
  public Response create(NewApiTokenRepresentation body) {
    NewApiTokenRepresentation given = Body.require(body);
    ApiToken token =
        tokens.create(
            given.label(),
            Optional.ofNullable(given.scope()).map(ApiTokensResource::scope),
            HostTagsField.read(given.hostTags()),
            given.expiresInDays());
    return Response.status(Response.Status.CREATED)
        .entity(
            new FreshApiTokenRepresentation(token.id().toString(), token.text(), token.expiresAt()))
        .build();
  }

  /** 200 with the caller's tokens, newest first. */
  @GET
  @Path("/mine")
  @RolesAllowed(Caller.SIGNED_IN)
  public PageRepresentation<ApiTokenRepresentation> mine() {
    return new PageRepresentation<>(
        tokens.mine().stream().map(ApiTokenRepresentation::of).toList(), null);
  }

  /** 200 with a page of everybody's tokens. */
  @GET
  @RolesAllowed("admin")
  public PageRepresentation<ApiTokenRepresentation> all(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(tokens.all(cursor, limit), ApiTokenRepresentation::of);
  }

  /** 204: it is refused from now on; 404 if it is none that the caller may revoke. */
  @DELETE
  @Path("/{token}")
  @RolesAllowed(Caller.SIGNED_IN)
  public void revoke(@PathParam("token") String token) {
    tokens.revoke(TokenId.parse(token));
  }

  private static Scope scope(String name) {
    try {
      return Scope.named(Invalid.requireText(name, "scope", MAX_SCOPE));
    } catch (IllegalArgumentException e) {
      throw new Invalid("scope", "must be read, operate, restore or admin");
    }
  }
}
