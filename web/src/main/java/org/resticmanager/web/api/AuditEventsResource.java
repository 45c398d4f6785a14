package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.AuditChain;
import org.resticmanager.audit.AuditFilter;
import org.resticmanager.audit.Verification;

/** The audit trail: who did what to what, from where. */
@Path("/audit-events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditEventsResource {

  @Inject private Audit audit;
  @Inject private AuditChain chain;
  @Inject private AuditCsv csv;

  /**
   * 200 with a page, newest first; 422. {@code actor}, {@code action} ({@code schedule.} for all
   * that was done to schedules), {@code target} (a name or id), {@code from} and {@code to} let
   * only such events through.
   */
  @GET
  @RolesAllowed("admin")
  public PageRepresentation<AuditEventRepresentation> list(
      @QueryParam("actor") @DefaultValue("") String actor,
      @QueryParam("action") @DefaultValue("") String action,
      @QueryParam("target") @DefaultValue("") String target,
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("to") @DefaultValue("") String to,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    AuditFilter filter = AuditFilter.parse(actor, action, target, from, to);
    return PageRepresentation.of(audit.list(filter, cursor, limit), AuditEventRepresentation::of);
  }

  /** 200 with all events that the same filter lets through as a table, newest first; 422. */
  @GET
  @Path("/export.csv")
  @Produces("text/csv")
  @RolesAllowed("admin")
  public Response export(
      @QueryParam("actor") @DefaultValue("") String actor,
      @QueryParam("action") @DefaultValue("") String action,
      @QueryParam("target") @DefaultValue("") String target,
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("to") @DefaultValue("") String to) {
    AuditFilter filter = AuditFilter.parse(actor, action, target, from, to);
    return Response.ok(csv.of(filter), "text/csv;charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-events.csv\"")
        .build();
  }

  /**
   * 200: checks every event from the first. {@code altered} is absent if all are as they were
   * written; else it names the place of the first that is not.
   */
  @POST
  @Path("/verification")
  @RolesAllowed("admin")
  public VerificationRepresentation verify() {
    Verification verification = chain.verify();
    return new VerificationRepresentation(
        verification.checked(),
        verification.waiting(),
        verification
            .altered()
            .map(altered -> new AlteredRepresentation(altered.number(), altered.reason()))
            .orElse(null));
  }

  /**
   * @param checked how many events are as they were written
   * @param waiting how many are too new to be part of the chain
   * @param altered where it breaks; absent if it does not
   */
  public record VerificationRepresentation(
      long checked, long waiting, AlteredRepresentation altered) {}

  /**
   * @param number the place in the chain
   * @param reason in words
   */
  public record AlteredRepresentation(long number, String reason) {}
}
