package org.resticmanager.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.resticmanager.user.FrontDoor;
import org.resticmanager.user.SignInToken;
import org.resticmanager.web.security.SignedIn;

/** Gives a token for the API to a person with a password, good for 12 hours. */
@Path("/sign-in")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SignInResource {

  @Inject private FrontDoor door;
  @Inject private SignedIn signedIn;

  /**
   * @param name the person's
   * @param password the person's
   * @param totp a one-time code or a recovery code, where the person has turned that on
   */
  public record SignInRepresentation(String name, String password, String totp) {}

  /**
   * 200; 401 if name or password is wrong, or a one-time code is missing; 429 after too many wrong
   * tries.
   */
  @POST
  @PermitAll
  public TokenRepresentation signIn(
      SignInRepresentation body, @Context HttpServletRequest request) {
    SignInRepresentation given = Body.require(body);
    SignInToken token =
        door.signInToApi(
            signedIn.credentials(request, given.name(), given.password(), given.totp()));
    return new TokenRepresentation(token.text(), token.expiresAt());
  }
}
