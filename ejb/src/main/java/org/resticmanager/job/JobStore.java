package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;

/** The jobs in the database; call it inside a transaction. */
@ApplicationScoped
public class JobStore {

  /**
   * What lies farther in the future than this was noted before the clock was set back. Clocks of
   * nodes do not differ by so much.
   */
  static final Duration SKEW = Duration.ofMinutes(2);

  /** Whether a job q need not wait any longer, in SQL; its pauses are relative to this clock. */
  static String due(String now) {
    return "(q.not_before is null or q.not_before <= %1$s or q.queued_at > %1$s"
            .formatted("cast(" + now + " as timestamptz)")
        + " + interval '2 minutes')";
  }

  /** Whether nothing runs on the host of a job q, and its agent was sent nothing, in SQL. */
  static final String FREE =
      "not exists (select 1 from job b where b.host_id = q.host_id and (b.status = 'running'"
          + " or (b.status = 'queued' and b.dispatched_at is not null)))";

  /** Which of a host's jobs q comes first: an unlock, which may remove what others wait for. */
  static final String IN_ORDER = "q.kind = 'unlock' desc, q.id";

  @Inject private EntityManager entityManager;

  void insert(Job job) {
    entityManager.persist(job);
    // before the rows that refer to it
    entityManager.flush();
  }

  Optional<Job> find(JobId id) {
    return Optional.ofNullable(entityManager.find(Job.class, id.value()));
  }

  /** Which host's it is, without reading the rest before the row is locked. */
  Optional<HostId> hostOf(JobId id) {
    return entityManager
        .createQuery("select j.hostId from Job j where j.id = :id", UUID.class)
        .setParameter("id", id.value())
        .getResultStream()
        .findFirst()
        .map(HostId::new);
  }

  /** Locks the row: an end and a progress that race are served one after the other. */
  Optional<Job> findForUpdate(JobId id) {
    return Optional.ofNullable(
        entityManager.find(Job.class, id.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** Newest first: identifiers are ordered by time. */
  List<Job> page(HostId host, Optional<JobId> before, int limit) {
    String condition = before.isPresent() ? " and j.id < :before" : "";
    TypedQuery<Job> query =
        entityManager
            .createQuery(
                "select j from Job j where j.hostId = :host" + condition + " order by j.id desc",
                Job.class)
            .setParameter("host", host.value())
            .setMaxResults(limit);
    before.ifPresent(id -> query.setParameter("before", id.value()));
    return query.getResultList();
  }

  /** What the host has not finished: queued, sent or running; oldest first. */
  List<Job> open(HostId host) {
    return entityManager
        .createQuery(
            "select j from Job j where j.hostId = :host and j.status in :open order by j.id",
            Job.class)
        .setParameter("host", host.value())
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .getResultList();
  }

  /** What has not ended in a repository, on whatever host; oldest first. */
  List<Job> open(RepositoryId repository, JobKind kind) {
    return entityManager
        .createQuery(
            "select j from Job j where j.repositoryId = :repository and j.kind = :kind"
                + " and j.status in :open order by j.id",
            Job.class)
        .setParameter("repository", repository.value())
        .setParameter("kind", kind)
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .getResultList();
  }

  /** Newest first; of a host whose jobs are about one source group each, the newest of each. */
  List<Job> newestOfEachHost(RepositoryId repository, JobKind kind) {
    return entityManager
        .createQuery(
            "select j from Job j where j.repositoryId = :repository and j.kind = :kind"
                + " and not exists (select n.id from Job n where n.repositoryId = :repository"
                + " and n.kind = :kind and n.hostId = j.hostId and n.id > j.id"
                + " and (n.sourceGroupName is null or j.sourceGroupName is null"
                + " or n.sourceGroupName = j.sourceGroupName))"
                + " order by j.id desc",
            Job.class)
        .setParameter("repository", repository.value())
        .setParameter("kind", kind)
        .getResultList();
  }

  /** What the newest backup that made a snapshot calls it. */
  Optional<String> newestSnapshot(HostId host, RepositoryId repository, String sourceGroup) {
    return entityManager
        .createQuery(
            "select j.snapshotId from Job j where j.hostId = :host and j.repositoryId = :repository"
                + " and j.kind = :kind and j.sourceGroupName = :group and j.status = :succeeded"
                + " and j.snapshotId is not null order by j.id desc",
            String.class)
        .setParameter("host", host.value())
        .setParameter("repository", repository.value())
        .setParameter("kind", JobKind.BACKUP)
        .setParameter("group", sourceGroup)
        .setParameter("succeeded", JobStatus.SUCCEEDED)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The attempts of a series, newest first. */
  List<Job> attempts(JobId first, Optional<JobId> before, int limit) {
    String condition = before.isPresent() ? " and j.id < :before" : "";
    TypedQuery<Job> query =
        entityManager
            .createQuery(
                "select j from Job j where (j.id = :first or j.firstJobId = :first)"
                    + condition
                    + " order by j.id desc",
                Job.class)
            .setParameter("first", first.value())
            .setMaxResults(limit);
    before.ifPresent(id -> query.setParameter("before", id.value()));
    return query.getResultList();
  }

  /** The one with the highest number; call it with the queue locked. */
  Optional<Job> newestAttempt(JobId first) {
    return entityManager
        .createQuery(
            "select j from Job j where j.id = :first or j.firstJobId = :first"
                + " order by j.attempt desc",
            Job.class)
        .setParameter("first", first.value())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  boolean hasOpen(HostId host, RepositoryId repository, JobKind kind) {
    return openJob(host, repository, kind).isPresent();
  }

  /** The newest one of this kind that has not ended. */
  Optional<Job> openJob(HostId host, RepositoryId repository, JobKind kind) {
    return entityManager
        .createQuery(
            "select j from Job j where j.hostId = :host and j.repositoryId = :repository"
                + " and j.kind = :kind and j.status in :open order by j.id desc",
            Job.class)
        .setParameter("host", host.value())
        .setParameter("repository", repository.value())
        .setParameter("kind", kind)
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** How many jobs of a repository have not ended, on whatever host. */
  long countOpen(RepositoryId repository) {
    return entityManager
        .createQuery(
            "select count(j) from Job j where j.repositoryId = :repository and j.status in :open",
            Long.class)
        .setParameter("repository", repository.value())
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .getSingleResult();
  }

  /**
   * Lets one transaction at a time decide about a host's queue, on whatever node. An advisory lock,
   * so that the host's row itself stays free for heartbeats.
   */
  void lockQueue(HostId host) {
    entityManager
        .createNativeQuery("select 1 from pg_advisory_xact_lock(?1)")
        .setParameter(1, queueKey(host))
        .getResultList();
  }

  /** As {@link #lockQueue}, for who rather goes without than waits: whether it is locked. */
  boolean tryLockQueue(HostId host) {
    return Boolean.TRUE.equals(
        entityManager
            .createNativeQuery("select pg_try_advisory_xact_lock(?1)")
            .setParameter(1, queueKey(host))
            .getSingleResult());
  }

  private static long queueKey(HostId host) {
    return host.value().getMostSignificantBits() ^ host.value().getLeastSignificantBits();
  }

  /**
   * The host's oldest queued job that is due (an unlock before all others, which may wait for what
   * it removes), if the host is free; the caller sends it after commit. Call it with the queue
   * locked, so that two nodes never give one host two jobs.
   */
  Optional<Job> nextForUpdate(HostId host, Instant now) {
    // SQL sees only what was written
    entityManager.flush();
    List<?> next =
        entityManager
            .createNativeQuery(
                "select q.* from job q where q.host_id = ?1 and q.status = 'queued'"
                    + " and "
                    + due("?2")
                    + " and "
                    + FREE
                    + " order by "
                    + IN_ORDER
                    + " limit 1 for update skip locked",
                Job.class)
            .setParameter(1, host.value())
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .getResultList();
    return next.stream().findFirst().map(Job.class::cast);
  }

  /**
   * Jobs sent before this moment to which the agent has not replied, also when the clock was set
   * back since.
   */
  List<Job> unanswered(HostId host, Instant sentBefore, Instant now) {
    return entityManager
        .createQuery(
            "select j from Job j where j.hostId = :host and j.status = :queued"
                + " and (j.dispatchedAt < :before or j.dispatchedAt > :future)"
                + " and j.acceptedAt is null",
            Job.class)
        .setParameter("host", host.value())
        .setParameter("queued", JobStatus.QUEUED)
        .setParameter("before", sentBefore)
        .setParameter("future", now.plus(SKEW))
        .getResultList();
  }

  /** Jobs with the host's agent that somebody wants ended. */
  List<JobId> cancels(HostId host) {
    return entityManager
        .createQuery(
            "select j.id from Job j where j.hostId = :host and j.status in :open"
                + " and j.dispatchedAt is not null and j.cancelRequestedAt is not null",
            UUID.class)
        .setParameter("host", host.value())
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .getResultList()
        .stream()
        .map(JobId::new)
        .toList();
  }

  /** The hosts whose agents have such jobs. */
  List<HostId> hostsWithCancels() {
    return entityManager
        .createQuery(
            "select distinct j.hostId from Job j where j.status in :open"
                + " and j.dispatchedAt is not null and j.cancelRequestedAt is not null",
            UUID.class)
        .setParameter("open", List.of(JobStatus.QUEUED, JobStatus.RUNNING))
        .getResultList()
        .stream()
        .map(HostId::new)
        .toList();
  }
}
