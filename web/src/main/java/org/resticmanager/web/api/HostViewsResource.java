package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.resticmanager.savedview.SavedView;
import org.resticmanager.savedview.SavedViewId;
import org.resticmanager.savedview.SavedViews;
import org.resticmanager.savedview.ViewQuery;
import org.resticmanager.user.Caller;

/** The caller's saved views of the list of hosts: not for API tokens. */
@Path("/account/host-views")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HostViewsResource {

  @Inject private SavedViews views;

  /**
   * @param name what the caller calls it
   * @param query that of the address of the list of hosts, as in {@code health=failing&tag=berlin}
   */
  public record NewHostViewRepresentation(String name, String query) {}

  /**
   * @param id by which it is removed
   * @param name what the caller calls it
   * @param query that of the address of the list of hosts
   */
  public record HostViewRepresentation(String id, String name, String query) {

    static HostViewRepresentation of(SavedView view) {
      return new HostViewRepresentation(view.id().toString(), view.name(), view.query().text());
    }
  }

  /** 200 with all of them, by name. */
  @GET
  @RolesAllowed(Caller.SIGNED_IN)
  public PageRepresentation<HostViewRepresentation> mine() {
    return new PageRepresentation<>(
        views.mine().stream().map(HostViewRepresentation::of).toList(), null);
  }

  /**
   * 200 with the view; one of the same name is replaced, so it may be repeated. 409 if there are
   * too many; 422.
   */
  @POST
  @RolesAllowed(Caller.SIGNED_IN)
  public HostViewRepresentation save(NewHostViewRepresentation body) {
    NewHostViewRepresentation given = Body.require(body);
    return HostViewRepresentation.of(views.save(given.name(), ViewQuery.parse(given.query())));
  }

  /** 204: it is gone; 404 if it is none of the caller's. */
  @DELETE
  @Path("/{view}")
  @RolesAllowed(Caller.SIGNED_IN)
  public void remove(@PathParam("view") String view) {
    views.remove(SavedViewId.parse(view));
  }
}
