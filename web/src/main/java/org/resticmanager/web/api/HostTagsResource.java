package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Tags;

/** What people call a host besides its name. */
@Path("/hosts/{host}/tags")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HostTagsResource {

  @Inject private HostTags hostTags;

  /**
   * @param tags sorted, no two alike
   */
  public record TagsRepresentation(List<String> tags) implements Editable {

    static TagsRepresentation of(Tags tags) {
      return new TagsRepresentation(tags.names());
    }

    @Override
    public List<Object> editable() {
      return List.of(tags);
    }
  }

  /** 200; 404. */
  @GET
  @RolesAllowed("viewer")
  public TagsRepresentation find(@PathParam("host") String host) {
    return TagsRepresentation.of(hostTags.of(HostId.parse(host)));
  }

  /** 200: replaced; 412 if somebody else has changed them; 404; 422. */
  @PUT
  @RolesAllowed("fleet-operator")
  public TagsRepresentation put(
      @PathParam("host") String host,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch,
      TagsRepresentation body) {
    List<String> given = Body.require(body).tags();
    Tags tags = given == null ? Tags.NONE : Tags.of(given);
    return TagsRepresentation.of(
        hostTags.put(HostId.parse(host), tags, now -> ifMatch.require(TagsRepresentation.of(now))));
  }
}
