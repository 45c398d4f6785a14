package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.resticmanager.user.Caller;
import org.resticmanager.user.SecondFactorDetails;
import org.resticmanager.user.SecondFactorSecret;
import org.resticmanager.user.SecondFactors;

/** One-time codes with which the caller comes in besides the password. */
@Path("/account/second-factor")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SecondFactorResource {

  @Inject private SecondFactors secondFactors;

  /**
   * @param enabled whether a code is asked for
   * @param recoveryCodes how many are left
   */
  public record SecondFactorRepresentation(boolean enabled, int recoveryCodes) {}

  /**
   * @param currentPassword the caller's, once more
   */
  public record OwnPasswordRepresentation(String currentPassword) {}

  /**
   * @param secret to type into an authenticator app, shown this once
   * @param uri the same for a picture
   */
  public record SecretRepresentation(String secret, String uri) {}

  /**
   * @param totp a code of the app
   */
  public record ConfirmationRepresentation(String totp) {}

  /**
   * @param recoveryCodes each works once instead of a code of the app; shown this once
   */
  public record RecoveryCodesRepresentation(List<String> recoveryCodes) {}

  /** 200. */
  @GET
  @RolesAllowed(Caller.SIGNED_IN)
  public SecondFactorRepresentation find() {
    SecondFactorDetails details = secondFactors.mine();
    return new SecondFactorRepresentation(details.enabled(), details.recoveryCodes());
  }

  /** 201 with the secret, of which a code is still to be shown; 409 if it is on; 422. */
  @POST
  @RolesAllowed(Caller.SIGNED_IN)
  public Response begin(OwnPasswordRepresentation body) {
    SecondFactorSecret secret = secondFactors.begin(Body.require(body).currentPassword());
    return Response.status(Response.Status.CREATED)
        .entity(new SecretRepresentation(secret.secret(), secret.uri()))
        .build();
  }

  /** 200 with the recovery codes: it is on; 409 if none was begun; 422 if the code is wrong. */
  @POST
  @Path("/confirmation")
  @RolesAllowed(Caller.SIGNED_IN)
  public RecoveryCodesRepresentation confirm(ConfirmationRepresentation body) {
    return new RecoveryCodesRepresentation(secondFactors.confirm(Body.require(body).totp()));
  }

  /** 204: it is off; 422 if the password is wrong. */
  @POST
  @Path("/removal")
  @RolesAllowed(Caller.SIGNED_IN)
  public void turnOff(OwnPasswordRepresentation body) {
    secondFactors.turnOff(Body.require(body).currentPassword());
  }
}
