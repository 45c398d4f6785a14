package org.resticmanager.web.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.enrolment.Applicant;
import org.resticmanager.enrolment.Enrolled;
import org.resticmanager.enrolment.Enrolments;

/** Where an agent redeems its enrolment token; the token is all that it needs to show. */
@Path("/enrolments")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentsResource {

  @Inject private Enrolments enrolments;

  /**
   * @param token the one-time token
   * @param hostname becomes the host's name, if it is free
   * @param os {@code linux} or {@code windows}
   * @param arch {@code amd64} or {@code arm64}
   * @param agentVersion for the record
   */
  public record EnrolmentRepresentation(
      String token, String hostname, String os, String arch, String agentVersion) {}

  /**
   * @param hostId the new host
   * @param hostName its name, which the agent gives to restic
   * @param agentToken the secret by which the agent signs in, shown this once
   */
  public record EnrolledRepresentation(String hostId, String hostName, String agentToken) {}

  /** 201; 401 if the token is unknown, used or expired; 422 if the machine is not described. */
  @POST
  @PermitAll
  public Response enrol(EnrolmentRepresentation body) {
    EnrolmentRepresentation given = Body.require(body);
    Enrolled enrolled =
        enrolments.enrol(given.token(), new Applicant(given.hostname(), given.os(), given.arch()));
    return Response.status(Response.Status.CREATED)
        .entity(
            new EnrolledRepresentation(
                enrolled.host().id().toString(), enrolled.host().name(), enrolled.agentToken()))
        .build();
  }
}
