package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.resticmanager.host.Sight;
import org.resticmanager.protocol.wire.JobStatus;

/** Looks through the jobs in the database; call it inside a transaction. */
@ApplicationScoped
public class JobSearchStore {

  /**
   * An identifier begins with the moment of its making, so it finds a time by the primary key; it
   * may differ a little from the moment that the job itself names, which decides.
   */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final int BITS_AFTER_MILLIS = 16;

  @Inject private EntityManager entityManager;

  /** Newest first: identifiers are ordered by time. */
  List<Job> page(Sight sight, JobFilter filter, Optional<JobId> before, int limit) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    if (sight.limited()) {
      conditions.put("true = function('host_in_sight', j.hostId, :sight)", sight.parameter());
    }
    filter.host().ifPresent(host -> conditions.put("j.hostId = :host", host.value()));
    filter.kind().ifPresent(kind -> conditions.put("j.kind = :kind", kind));
    filter.status().ifPresent(status -> conditions.put("j.status = :status", status));
    before.ifPresent(id -> conditions.put("j.id < :before", id.value()));
    filter
        .from()
        .ifPresent(
            from -> {
              conditions.put("j.id >= :fromId", firstId(from.minus(SLACK)));
              conditions.put("j.queuedAt >= :from", from);
            });
    filter
        .to()
        .ifPresent(
            to -> {
              conditions.put("j.id < :toId", firstId(to.plus(SLACK)));
              conditions.put("j.queuedAt < :to", to);
            });
    String where =
        conditions.isEmpty()
            ? ""
            : conditions.keySet().stream().collect(Collectors.joining(" and ", " where ", ""));
    TypedQuery<Job> query =
        entityManager
            .createQuery("select j from Job j" + where + " order by j.id desc", Job.class)
            .setMaxResults(limit);
    conditions.forEach((condition, value) -> query.setParameter(parameter(condition), value));
    return query.getResultList();
  }

  private static String parameter(String condition) {
    return condition.substring(condition.indexOf(':') + 1).replace(")", "");
  }

  /** Smaller than every identifier made at this moment or later. */
  private static UUID firstId(Instant moment) {
    long millis = Math.max(0, Math.min(moment.toEpochMilli(), (1L << 47) - 1));
    return new UUID(millis << BITS_AFTER_MILLIS, 0);
  }

  Optional<JobStatus> status(JobId job) {
    return entityManager
        .createQuery("select j.status from Job j where j.id = :id", JobStatus.class)
        .setParameter("id", job.value())
        .getResultStream()
        .findFirst();
  }

  boolean anyOpenOrEndedSince(Instant from, Instant to, Instant moment) {
    return !entityManager
        .createQuery(
            "select j.id from Job j where j.id >= :from and j.id < :to"
                + " and (j.finishedAt is null or j.finishedAt >= :moment)",
            UUID.class)
        .setParameter("from", firstId(from))
        .setParameter("to", firstId(to))
        .setParameter("moment", moment)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
