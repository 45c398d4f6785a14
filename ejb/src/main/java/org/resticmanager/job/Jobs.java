package org.resticmanager.job;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.source.SourceGroupDetails;
import org.resticmanager.source.SourceGroups;

/** The jobs, for people. */
@Stateless
public class Jobs {

  private static final Set<JobKind> OF_A_HOST = Set.of(JobKind.BACKUP, JobKind.FORGET);

  @Inject private JobStore store;
  @Inject private Hosts hosts;
  @Inject private SourceGroups sourceGroups;
  @Inject private Repositories repositories;
  @Inject private InitOnce initOnce;
  @Inject private Attempts attempts;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Inject private Event<JobQueued> queued;
  @Inject private Event<CancelWanted> wanted;
  @Inject private Event<JobEnded> ended;
  @Resource private SessionContext context;

  /**
   * Queues a backup of a source group; returns at once. It runs when the host is connected and
   * free. Each call queues one more.
   *
   * @param retry whether it is tried again if it fails, by the rule of its source group
   * @param limits instead of those of the host; empty for the host's
   * @throws NotFound if there is no such host or source group
   * @throws Conflict if the host is not connected to a repository
   */
  @RolesAllowed("operator")
  public JobDetails runNow(
      HostId host, String sourceGroup, boolean retry, Optional<Bandwidth> limits) {
    String hostName = hosts.find(host).name();
    SourceGroupDetails group = sourceGroups.find(host, sourceGroup);
    RepositoryDetails repository = repositoryOf(host);
    String actor = context.getCallerPrincipal().getName();
    initOnce.queueIfNeeded(host, repository, actor);
    Job job = new Job(host, repository.id(), JobKind.BACKUP, actor, clock.instant());
    job.of(group);
    if (retry) {
      job.retryIfItFails();
    }
    limits.ifPresent(job::limit);
    store.insert(job);
    queued.fire(new JobQueued(host));
    audit.done(
        "job.queued", target(job.details(), hostName), Facts.with("sourceGroup", group.name()));
    return job.details();
  }

  private static Target target(JobDetails job, String hostName) {
    return Target.of("job", job.id(), hostName + "/" + job.kind().wireName());
  }

  private RepositoryDetails repositoryOf(HostId host) {
    return repositories
        .of(host)
        .orElseThrow(
            () ->
                new Conflict(
                    "no-repository",
                    "The host backs up to no repository yet: connect it to one first."));
  }

  /**
   * Queues another attempt of a job that has ended, however it did. While an attempt of the same is
   * on its way that one is the answer, and it waits no longer than it must; so the call may be
   * repeated.
   *
   * @return the attempt
   * @throws NotFound if there is no such job, or its source group is gone
   * @throws Conflict if the host is not connected to a repository, or the job is not about the host
   *     alone and the caller does not see every host
   */
  @RolesAllowed("operator")
  public JobDetails retry(JobId id) {
    HostId host = seenHostOf(id);
    store.lockQueue(host);
    Job job = store.findForUpdate(id).orElseThrow(() -> unknown(id));
    requireMayRepeat(job.details());
    job.sourceGroupName().ifPresent(group -> sourceGroups.find(host, group));
    Job next = attempts.now(job, repositoryOf(host), context.getCallerPrincipal().getName());
    queued.fire(new JobQueued(host));
    audit.done(
        "job.retried",
        target(next.details(), hosts.find(host).name()),
        Facts.with("attemptOf", id));
    return next.details(hosts.sight());
  }

  /**
   * Which attempt of the same is the last if all fail, as the rule of the source group stands;
   * empty if the job is not tried again by itself.
   *
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public Optional<Integer> lastAttempt(JobId id) {
    seen(id);
    return store.find(id).flatMap(attempts::last);
  }

  /**
   * The attempts of the same as a job, itself among them, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public Page<JobDetails> attempts(JobId id, String cursor, int limit) {
    Page.requireLimit(limit);
    JobId first = seen(id).first();
    Optional<JobId> before = Page.idCursor(cursor).map(JobId::new);
    List<JobDetails> rows = details(store.attempts(first, before, limit + 1));
    return Page.of(rows, limit, job -> job.id().toString());
  }

  /**
   * Ends a job: at once while no agent has it; otherwise its agent is told, now and until the job
   * has ended. May be repeated; a job that has ended stays as it is.
   *
   * @return the job as it stands now
   * @throws NotFound if there is none with this id
   */
  @RolesAllowed("operator")
  public JobDetails cancel(JobId id) {
    HostId host = seenHostOf(id);
    // before the job's row, as dispatch does: it must not send what is being cancelled
    store.lockQueue(host);
    Job job = store.findForUpdate(id).orElseThrow(() -> unknown(id));
    boolean over = job.status().ended();
    if (!over && job.details().cancelRequestedAt() == null) {
      audit.done("job.cancelled", target(job.details(), hosts.find(host).name()), Facts.none());
    }
    if (job.cancel(context.getCallerPrincipal().getName(), clock.instant())) {
      wanted.fire(new CancelWanted(host, id));
    } else if (!over) {
      ended.fire(new JobEnded(job.details()));
    }
    return job.details(hosts.sight());
  }

  /**
   * One job.
   *
   * @throws NotFound if there is none with this id, or the caller does not see its host
   */
  @RolesAllowed("viewer")
  public JobDetails find(JobId id) {
    return seen(id);
  }

  private JobDetails seen(JobId id) {
    Sight sight = hosts.sight();
    return store
        .find(id)
        .map(job -> job.details(sight))
        .filter(job -> hosts.sees(sight, job.host()))
        .orElseThrow(() -> unknown(id));
  }

  /** Without reading the job: what is read before its row is locked may be out of date then. */
  private HostId seenHostOf(JobId id) {
    return store
        .hostOf(id)
        .filter(host -> hosts.sees(hosts.sight(), host))
        .orElseThrow(() -> unknown(id));
  }

  /** What is done to a repository as a whole concerns hosts that the caller may not see. */
  private void requireMayRepeat(JobDetails job) {
    if (hosts.sight().limited() && !OF_A_HOST.contains(job.kind())) {
      throw new Conflict(
          "limited-to-tags",
          "This job is about the repository as a whole, and you do not see all of its hosts.");
    }
  }

  private static NotFound unknown(JobId id) {
    return new NotFound("job", id.toString());
  }

  /**
   * The jobs of a host, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public Page<JobDetails> of(HostId host, String cursor, int limit) {
    Page.requireLimit(limit);
    hosts.find(host);
    Optional<JobId> before = Page.idCursor(cursor).map(JobId::new);
    List<JobDetails> rows = details(store.page(host, before, limit + 1));
    return Page.of(rows, limit, job -> job.id().toString());
  }

  private List<JobDetails> details(List<Job> jobs) {
    Sight sight = hosts.sight();
    return jobs.stream().map(job -> job.details(sight)).toList();
  }
}
