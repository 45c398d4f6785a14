package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.snapshot.Snapshots;

/**
 * What agents say of their jobs. Every method may be repeated, changes nothing of a job that has
 * ended, and refuses a job of another host.
 */
@Stateless
@PermitAll
public class JobReports {

  @Inject private JobStore store;
  @Inject private Repositories repositories;
  @Inject private Snapshots snapshots;
  @Inject private UnheardJobStore unheard;
  @Inject private RetoldJobs retold;
  @Inject private Attempts attempts;
  @Inject private BackupFloor floor;
  @Inject private Clock clock;
  @Inject private Event<JobBegun> begun;
  @Inject private Event<JobEnded> ended;
  @Inject private Event<CancelWanted> wanted;

  /**
   * The agent has the job on its disk, or refuses it.
   *
   * @throws NotYours if the host has no such job
   */
  public void answered(HostId host, CommandResult result) {
    store.lockQueue(host);
    Job job = own(host, result.jobId());
    if (result.accepted()) {
      job.accepted(clock.instant());
    } else if (job.status() == JobStatus.QUEUED) {
      // one that somebody wants ended has its end, whyever the agent refused it
      if (!job.returned(clock.instant())) {
        job.failed(
            result.error().isEmpty() ? "The agent refused the job." : result.error(),
            clock.instant());
      }
      ended.fire(new JobEnded(job.details()));
    }
  }

  /**
   * restic runs. An agent that starts what somebody wants ended is told so once more.
   *
   * @throws NotYours if the host has no such job
   */
  public void started(HostId host, JobStarted message) {
    Job job = own(host, message.jobId());
    retold.begun(host, job.id());
    job.started(orNow(message.startedAt()));
    begun.fire(new JobBegun(host));
    if (job.cancelUnheard()) {
      wanted.fire(new CancelWanted(host, job.id()));
    }
  }

  /**
   * How far it is.
   *
   * @throws NotYours if the host has no such job
   */
  public void progressed(HostId host, JobProgress message) {
    own(host, message.jobId()).progressed(message);
  }

  /**
   * The snapshots that it found, or made. Nothing in the message says of which job that is; of a
   * job whose end was told before, it tells nothing new.
   */
  public void snapshots(HostId host, SnapshotsReport message) {
    if (!nothingNew(host)) {
      snapshots.reported(host, message, readAfter(host));
    }
  }

  /** A job that waited with its agent for long does not know what others have done meanwhile. */
  private Instant readAfter(HostId host) {
    return Stream.of(unheard.firstSentAt(host), retold.firstSentAt(host))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElseGet(clock::instant);
  }

  /** What it learnt of its repository; likewise. */
  public void measured(HostId host, RepoStats message) {
    if (!nothingNew(host)) {
      repositories.measured(host, message);
    }
  }

  private boolean nothingNew(HostId host) {
    return retold.nothingNew(host, () -> repositories.of(host).map(RepositoryDetails::id));
  }

  /**
   * The end. The first one counts.
   *
   * @throws NotYours if the host has no such job
   */
  public void finished(HostId host, JobFinished message) {
    // before the job's row, as dispatch does: an end may queue another attempt
    store.lockQueue(host);
    Job job = own(host, message.jobId());
    retold.ended(host, job.id());
    if (!job.finished(floor.judge(job, message), orNow(message.finishedAt()))) {
      return;
    }
    boolean proved = job.kind() == JobKind.INIT || job.kind() == JobKind.BACKUP;
    if (proved && message.status() == JobStatus.SUCCEEDED) {
      if (made(message)) {
        repositories.made(job.repository());
      }
      repositories.initialised(job.repository());
    }
    attempts.awaitLock(job);
    ended.fire(new JobEnded(job.details()));
  }

  /** Whether it made a repository, as opposed to finding one. */
  private static boolean made(JobFinished message) {
    return message.stats() != null && message.stats().getBoolean("created", false);
  }

  /**
   * Checks that a job is this host's own.
   *
   * @throws NotYours if the host has no such job
   */
  public void requireOwn(HostId host, JobId job) {
    if (store.find(job).filter(found -> found.host().equals(host)).isEmpty()) {
      throw new NotYours(job.toString());
    }
  }

  private Job own(HostId host, String jobId) {
    return store
        .findForUpdate(JobId.ofAgent(jobId))
        .filter(job -> job.host().equals(host))
        .orElseThrow(() -> new NotYours(jobId));
  }

  private Instant orNow(Instant reported) {
    return reported == null ? clock.instant() : reported;
  }
}
