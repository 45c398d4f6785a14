package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.secret.SecretKey;
import org.resticmanager.secret.SecretKeyRotation;

/** The keys with which stored secrets are closed; by name, never the keys themselves. */
@Path("/secret-keys")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SecretKeysResource {

  @Inject private SecretKeyRotation rotation;

  /**
   * @param id the key's name
   * @param current whether it closes what is stored from now on
   * @param envelopes how many stored secrets it has closed
   */
  public record SecretKeyRepresentation(String id, boolean current, long envelopes) {

    static SecretKeyRepresentation of(SecretKey key) {
      return new SecretKeyRepresentation(key.id(), key.current(), key.envelopes());
    }
  }

  /**
   * @param closedAnew how many stored secrets were closed with the current key
   */
  public record ReencryptionRepresentation(long closedAnew) {}

  /** 200 with the keys of the node that answers, the one that closes first. */
  @GET
  @RolesAllowed("admin")
  public PageRepresentation<SecretKeyRepresentation> list() {
    return new PageRepresentation<>(
        rotation.keys().stream().map(SecretKeyRepresentation::of).toList(), null);
  }

  /** 201 with the keys: there is a new one, which closes. 409 if they are not in a file of ours. */
  @POST
  @RolesAllowed("admin")
  public Response add() {
    rotation.add();
    return Response.status(Response.Status.CREATED).entity(list()).build();
  }

  /**
   * 200: every stored secret is closed with the current key. May be repeated. 409 if one cannot be
   * opened.
   */
  @POST
  @Path("/reencryption")
  @RolesAllowed("admin")
  public ReencryptionRepresentation reencrypt() {
    long all = 0;
    for (int some = rotation.closeAnew(); some > 0; some = rotation.closeAnew()) {
      all += some;
    }
    return new ReencryptionRepresentation(all);
  }
}
