package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.resticmanager.repository.CredentialEdit;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryEdit;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;

/** The restic repositories. Secrets can be written here and never read. */
@Path("/repositories")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RepositoriesResource {

  @Inject private Repositories repositories;

  /**
   * @param name unique, for people
   * @param url restic's repository location, without a password in it
   * @param password the repository's password
   * @param username the user of a REST server, or the id of a key of S3, B2 or Azure; may be absent
   * @param credential the password or key that belongs to it; may be absent
   */
  public record NewRepositoryRepresentation(
      String name, String url, String password, String username, String credential) {}

  /**
   * @param name unique, for people
   * @param url restic's repository location, without a password in it
   */
  public record RepositoryEditRepresentation(String name, String url) {}

  /**
   * What is absent stays as it is, an empty text is taken away.
   *
   * @param url a location of its own, for the admin slot only
   * @param password the repository's password; in the admin slot only if it is another one
   * @param username the user of a REST server, or the id of a key of S3, B2 or Azure
   * @param credential the password or key that belongs to it
   * @param environment further variables for the backend, by name
   */
  public record CredentialRepresentation(
      String url,
      String password,
      String username,
      String credential,
      Map<String, String> environment) {}

  /**
   * @param password what restic is given from now on; the repository itself keeps its own
   */
  public record PasswordRepresentation(String password) {}

  /** 201; 409 if the name is taken; 422. */
  @POST
  @RolesAllowed("fleet-operator")
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

  /**
   * 200: changes name and location; 409 if the name is taken; 412 if somebody else has changed it;
   * 404; 422.
   */
  @PUT
  @Path("/{repository}")
  @RolesAllowed("fleet-operator")
  public RepositoryRepresentation edit(
      @PathParam("repository") String repository,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch,
      RepositoryEditRepresentation body) {
    RepositoryEditRepresentation given = Body.require(body);
    return RepositoryRepresentation.of(
        repositories.edit(
            RepositoryId.parse(repository),
            new RepositoryEdit(given.name(), given.url()),
            current -> ifMatch.require(RepositoryRepresentation.of(current))));
  }

  /**
   * 204: it is not managed any more, and what is in it stays; 409 if hosts back up to it or jobs of
   * it have not ended; 412 if somebody else has changed it; 404.
   */
  @DELETE
  @Path("/{repository}")
  @RolesAllowed("fleet-operator")
  public void remove(
      @PathParam("repository") String repository,
      @HeaderParam("If-Match") @DefaultValue("*") IfMatch ifMatch) {
    repositories.remove(
        RepositoryId.parse(repository),
        current -> ifMatch.require(RepositoryRepresentation.of(current)));
  }

  /** 200: changes the credentials of the slot {@code repo} or {@code admin}; 404; 422. */
  @PUT
  @Path("/{repository}/credentials/{slot}")
  @RolesAllowed("fleet-operator")
  public RepositoryRepresentation putCredentials(
      @PathParam("repository") String repository,
      @PathParam("slot") String slot,
      CredentialRepresentation body) {
    CredentialRepresentation given = Body.require(body);
    return RepositoryRepresentation.of(
        repositories.putCredentials(
            RepositoryId.parse(repository),
            Slot.named(slot),
            new CredentialEdit(
                given.url(),
                given.password(),
                given.username(),
                given.credential(),
                given.environment())));
  }

  /** 204: prune and unlock cannot run any more. May be repeated. 404. */
  @DELETE
  @Path("/{repository}/credentials/admin")
  @RolesAllowed("fleet-operator")
  public void removeAdminCredentials(@PathParam("repository") String repository) {
    repositories.removeAdminCredentials(RepositoryId.parse(repository));
  }

  /** 200 with a page of days, newest first: how it has grown; 404. */
  @GET
  @Path("/{repository}/history")
  @RolesAllowed("viewer")
  public PageRepresentation<RepositoryDayRepresentation> history(
      @PathParam("repository") String repository,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    return PageRepresentation.of(
        repositories.history(RepositoryId.parse(repository), cursor, limit),
        RepositoryDayRepresentation::of);
  }

  /** 204: corrects the password that restic is given, on every host at once; 404; 422. */
  @PUT
  @Path("/{repository}/password")
  @RolesAllowed("fleet-operator")
  public void correctPassword(
      @PathParam("repository") String repository, PasswordRepresentation body) {
    repositories.correctPassword(RepositoryId.parse(repository), Body.require(body).password());
  }
}
