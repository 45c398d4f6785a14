package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.resticmanager.user.Caller;
import org.resticmanager.user.OwnAccount;
import org.resticmanager.user.SignInDetails;
import org.resticmanager.user.SignInId;
import org.resticmanager.user.SignIns;
import org.resticmanager.web.security.SignedIn;

/** The caller's own account: not for API tokens. */
@Path("/account")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

  @Inject private OwnAccount account;
  @Inject private SignIns signIns;

  /**
   * @param currentPassword the one of before
   * @param password at least 10 characters
   */
  public record PasswordChangeRepresentation(String currentPassword, String password) {}

  /**
   * @param id the sign-in
   * @param address where it was made
   * @param program what the browser or program called itself; absent if it did not
   * @param api whether a program holds it, by a token
   * @param current whether it is the one of this request
   * @param beganAt when it was made
   * @param lastSeenAt when it was last used, to the minute
   * @param expiresAt when it ends if it is not used until then
   */
  public record SignInRepresentation(
      String id,
      String address,
      String program,
      boolean api,
      boolean current,
      Instant beganAt,
      Instant lastSeenAt,
      Instant expiresAt) {

    static SignInRepresentation of(SignInDetails signIn, SignInId current) {
      return new SignInRepresentation(
          signIn.id().toString(),
          signIn.origin().address(),
          signIn.origin().program().isEmpty() ? null : signIn.origin().program(),
          signIn.api(),
          signIn.id().equals(current),
          signIn.beganAt(),
          signIn.lastSeenAt(),
          signIn.expiresAt());
    }
  }

  /** 204: the password is another one, and every sign-in but this has ended; 422. */
  @PUT
  @Path("/password")
  @RolesAllowed(Caller.SIGNED_IN)
  public void changePassword(
      PasswordChangeRepresentation body, @Context HttpServletRequest request) {
    PasswordChangeRepresentation given = Body.require(body);
    account.changePassword(given.currentPassword(), given.password(), current(request));
  }

  /** 200 with where the caller is signed in: at most a hundred, those used last first. */
  @GET
  @Path("/sign-ins")
  @RolesAllowed(Caller.SIGNED_IN)
  public PageRepresentation<SignInRepresentation> signIns(@Context HttpServletRequest request) {
    SignInId current = current(request);
    List<SignInRepresentation> mine =
        signIns.mine().stream().map(signIn -> SignInRepresentation.of(signIn, current)).toList();
    return new PageRepresentation<>(mine, null);
  }

  /** 204: that sign-in has ended; 404 if it is none of the caller's. */
  @DELETE
  @Path("/sign-ins/{signIn}")
  @RolesAllowed(Caller.SIGNED_IN)
  public void end(@PathParam("signIn") String signIn) {
    signIns.endMine(SignInId.parse(signIn));
  }

  /** 204: every sign-in of the caller has ended, this one too. */
  @DELETE
  @Path("/sign-ins")
  @RolesAllowed(Caller.SIGNED_IN)
  public void endAll() {
    signIns.endAllOfMine();
  }

  private static SignInId current(HttpServletRequest request) {
    return SignedIn.current(request).orElseThrow();
  }
}
