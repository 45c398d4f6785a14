package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.resticmanager.host.HostId;
import org.resticmanager.job.ConnectionTests;
import org.resticmanager.platform.Invalid;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;

/** Whether a host can open a repository. */
@Path("/repositories/{repository}/tests")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RepositoryTestsResource {

  @Inject private ConnectionTests tests;

  /**
   * @param host the host that tries
   * @param slot whose credentials it uses, {@code repo} or {@code admin}; {@code repo} if absent
   */
  public record TestRepresentation(String host, String slot) {}

  /**
   * 202 with the queued job and its {@code Location}: it succeeds, or its {@code error} says what
   * is in the way; 404; 409 if the host does not back up to it or the slot is not set; 422.
   */
  @POST
  @RolesAllowed("fleet-operator")
  public Response test(
      @PathParam("repository") String repository, @Context UriInfo uri, TestRepresentation body) {
    TestRepresentation given = Body.require(body);
    HostId host = HostId.parse(Invalid.requireText(given.host(), "host", 100));
    Slot slot = given.slot() == null ? Slot.REPO : Slot.named(given.slot());
    return JobRepresentation.accepted(tests.test(RepositoryId.parse(repository), slot, host), uri);
  }
}
