package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What schedules have fired, in the database; call it inside a transaction. */
@ApplicationScoped
public class ScheduleFireStore {

  @Inject private EntityManager entityManager;

  /** True for exactly one caller: the table's key decides, not a look before. */
  boolean insert(UUID schedule, UUID sourceGroup, Instant scheduledAt, Instant now) {
    return entityManager
            .createNativeQuery(
                "insert into schedule_fire (schedule_id, source_group_id, scheduled_at,"
                    + " received_at) values (?1, ?2, ?3, ?4) on conflict do nothing")
            .setParameter(1, schedule)
            .setParameter(2, sourceGroup)
            .setParameter(3, scheduledAt.atOffset(ZoneOffset.UTC))
            .setParameter(4, now.atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  /** Whether the fire was told before, with whatever source groups the schedule had then. */
  boolean isKnown(UUID schedule, Instant scheduledAt) {
    // by way of the host's groups, or all moments of the schedule would be read
    return !entityManager
        .createNativeQuery(
            "select 1 from schedule s join source_group g on g.host_id = s.host_id"
                + " join schedule_fire f on f.schedule_id = s.id and f.source_group_id = g.id"
                + " where s.id = ?1 and f.scheduled_at = ?2 limit 1")
        .setParameter(1, schedule)
        .setParameter(2, scheduledAt.atOffset(ZoneOffset.UTC))
        .getResultList()
        .isEmpty();
  }

  boolean hasLater(UUID schedule, UUID sourceGroup, Instant scheduledAt) {
    return !entityManager
        .createNativeQuery(
            "select 1 from schedule_fire where schedule_id = ?1 and source_group_id = ?2 and"
                + " scheduled_at > ?3 limit 1")
        .setParameter(1, schedule)
        .setParameter(2, sourceGroup)
        .setParameter(3, scheduledAt.atOffset(ZoneOffset.UTC))
        .getResultList()
        .isEmpty();
  }

  /** A job that an earlier fire has queued, or an attempt of it, that no agent has yet. */
  Optional<JobId> waiting(UUID schedule, UUID sourceGroup) {
    List<?> ids =
        entityManager
            .createNativeQuery(
                "select cast(j.id as text) from schedule_fire f join job j"
                    + " on j.id = f.job_id or j.first_job_id = f.job_id"
                    + " where f.schedule_id = ?1 and f.source_group_id = ?2 and j.status = 'queued'"
                    + " and j.dispatched_at is null limit 1")
            .setParameter(1, schedule)
            .setParameter(2, sourceGroup)
            .getResultList();
    return ids.stream().findFirst().map(id -> new JobId(UUID.fromString((String) id)));
  }

  void startedBy(UUID schedule, UUID sourceGroup, Instant scheduledAt, JobId job) {
    entityManager
        .createNativeQuery(
            "update schedule_fire set job_id = ?4 where schedule_id = ?1 and source_group_id = ?2"
                + " and scheduled_at = ?3")
        .setParameter(1, schedule)
        .setParameter(2, sourceGroup)
        .setParameter(3, scheduledAt.atOffset(ZoneOffset.UTC))
        .setParameter(4, job.value())
        .executeUpdate();
  }
}
