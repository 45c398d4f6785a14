package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.JobStatus;

/** Finds jobs among all of them. */
@Stateless
@PermitAll
public class JobSearch {

  @Inject private JobSearchStore store;
  @Inject private NewestJobStore newest;
  @Inject private Hosts hosts;

  /**
   * The jobs that a filter lets through, those queued last first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws Invalid if the limit is out of range or the cursor is none
   */
  @RolesAllowed("viewer")
  public Page<JobDetails> list(JobFilter filter, String cursor, int limit) {
    Page.requireLimit(limit);
    Sight sight = hosts.sight();
    List<JobDetails> rows =
        store.page(sight, filter, Page.idCursor(cursor).map(JobId::new), limit + 1).stream()
            .map(job -> job.details(sight))
            .toList();
    return Page.of(rows, limit, job -> job.id().toString());
  }

  /** The newest job of each of these hosts; those without any, or not seen, are left out. */
  @RolesAllowed("viewer")
  public Map<HostId, JobOutline> newestOf(Collection<HostId> ofHosts) {
    return newest.of(hosts.seen(ofHosts)).stream()
        .collect(Collectors.toMap(JobOutline::host, Function.identity()));
  }

  /** Where a job stands, for a reader who was let in when they began; empty if it was deleted. */
  public Optional<JobStatus> statusOf(JobId job) {
    return store.status(job);
  }

  /**
   * Whether, of the jobs queued in a span of time, any has not ended or ended at or after a moment.
   *
   * @param from queued then or later
   * @param to queued before
   */
  public boolean anyOpenOrEndedSince(Instant from, Instant to, Instant moment) {
    return store.anyOpenOrEndedSince(from, to, moment);
  }
}
