package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;

/** The restic repositories. Secrets can be written here and never read. */
@Path("/repositories")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RepositoriesResource {

  @Inject private Repositories repositories;

  /**
   * @param name unique, for people
   * @param url restic's repository location, without a password in it
   * @param password the repository's password
   * @param username the user for a REST server; may be absent
   * @param credential the password for a REST server; may be absent
   */
  public record NewRepositoryRepresentation(
      String name, String url, String password, String username, String credential) {}

  /**
   * @param password what restic is given from now on; the repository itself keeps its own
   */
  public record PasswordRepresentation(String password) {}

  /**
   * @param id the repository
   * @param name unique, for people
   * @param url restic's repository location
   * @param createdAt when it came under our management
   * @param initialisedAt when it was first known to exist; absent if not yet
   * @param rawSizeBytes its size in the backend; absent if not yet measured
   * @param snapshotCount how many snapshots it holds; absent if not yet measured
   * @param measuredAt when an agent last reported on it; absent if never
   */
  public record RepositoryRepresentation(
      String id,
      String name,
      String url,
      Instant createdAt,
      Instant initialisedAt,
      Long rawSizeBytes,
      Long snapshotCount,
      Instant measuredAt) {

    static RepositoryRepresentation of(RepositoryDetails repository) {
      return new RepositoryRepresentation(
          repository.id().toString(),
          repository.name(),
          repository.url(),
          repository.createdAt(),
          repository.initialisedAt(),
          repository.rawSizeBytes(),
          repository.snapshotCount(),
          repository.measuredAt());
    }
  }

  /** 201; 409 if the name is taken; 400. */
  @POST
  @RolesAllowed("operator")
  public Response create(NewRepositoryRepresentation body) {
    NewRepositoryRepresentation given = Body.require(body);
    RepositoryDetails repository =
        repositories.create(
            new NewRepository(
                given.name(), given.url(), given.password(), given.username(), given.credential()));
    return Response.status(Response.Status.CREATED)
        .entity(RepositoryRepresentation.of(repository))
        .build();
  }

  /** 200 with a page of repositories, by name. */
  @GET
  @RolesAllowed("viewer")
  public PageRepresentation<RepositoryRepresentation> list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(repositories.list(cursor, limit), RepositoryRepresentation::of);
  }

  /** 200; 404. */
  @GET
  @Path("/{repository}")
  @RolesAllowed("viewer")
  public RepositoryRepresentation find(@PathParam("repository") String repository) {
    return RepositoryRepresentation.of(repositories.find(RepositoryId.parse(repository)));
  }

  /** 204: corrects the password that restic is given, on every host at once; 404; 400. */
  @PUT
  @Path("/{repository}/password")
  @RolesAllowed("operator")
  public void correctPassword(
      @PathParam("repository") String repository, PasswordRepresentation body) {
    repositories.correctPassword(RepositoryId.parse(repository), Body.require(body).password());
  }
}
