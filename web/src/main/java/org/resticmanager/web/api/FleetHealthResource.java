package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.resticmanager.health.Concern;
import org.resticmanager.health.Fleet;
import org.resticmanager.health.FleetCounts;
import org.resticmanager.health.Health;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Page;

/** How well the fleet is protected, and who needs somebody. */
@Path("/fleet/health")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class FleetHealthResource {

  @Inject private Fleet fleet;

  /**
   * @param hosts how many there are
   * @param protectedHosts whose every source group was backed up since its schedules last fired
   * @param atRisk of which a backup that was due is missing, or not all that it should be
   * @param failing whose backups fail, or have not come for long
   * @param unknown of which nothing is known yet
   * @param concerns hosts to look after, the most urgent first
   */
  public record FleetHealthRepresentation(
      long hosts,
      long protectedHosts,
      long atRisk,
      long failing,
      long unknown,
      List<ConcernRepresentation> concerns) {}

  /**
   * @param health {@code failing}, {@code at-risk} or {@code unknown}
   * @param reason such as {@code backup-failed}
   * @param sourceGroup that it is about; absent if about the host
   * @param jobId the backup that it is about; absent if about none
   * @param since when that began
   */
  public record ConcernRepresentation(
      String hostId,
      String hostName,
      String health,
      String reason,
      String sourceGroup,
      String jobId,
      Instant since) {

    static ConcernRepresentation of(Concern concern) {
      return new ConcernRepresentation(
          concern.host().toString(),
          concern.name(),
          concern.judgement().health().word(),
          concern.judgement().reason().word(),
          concern.judgement().sourceGroup().orElse(null),
          concern.judgement().job().map(JobId::toString).orElse(null),
          concern.judgement().since());
    }
  }

  /** 200; the limit is that of the concerns. */
  @GET
  @RolesAllowed("viewer")
  public FleetHealthRepresentation get(@QueryParam("limit") @DefaultValue("100") int limit) {
    int most = Page.requireLimit(limit);
    FleetCounts counts = fleet.counts();
    return new FleetHealthRepresentation(
        counts.all(),
        counts.of(Health.PROTECTED),
        counts.of(Health.AT_RISK),
        counts.of(Health.FAILING),
        counts.of(Health.UNKNOWN),
        fleet.concerns(most).stream().map(ConcernRepresentation::of).toList());
  }
}
