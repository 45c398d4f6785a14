package org.resticmanager.job;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Beginning;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.SourceGroupDetails;

/**
 * One run of restic on one host. Its life: queued; sent to the agent ({@code dispatchedAt} is set,
 * still queued); running from {@code job.started}; then one end, after which nothing changes it.
 */
@Entity
@Table(name = "job")
public class Job {

  /** As in "it waits for …". */
  private static final String BLACKOUT = "the end of a blackout window of its host";

  /** As characters of an error: lists of jobs show all of it. */
  private static final int LONGEST_ERROR = 4000;

  /** As characters of a snapshot's id, in full. */
  private static final int LONGEST_SNAPSHOT_ID = 64;

  /** As characters of a path; Linux takes no longer ones. */
  private static final int LONGEST_PATH = 4096;

  /** No repository there, locked for longer than we wait, wrong password: a person must act. */
  private static final Set<Integer> FINAL =
      Set.of(ExitCode.NO_REPOSITORY, ExitCode.LOCKED, ExitCode.WRONG_PASSWORD);

  @Id private UUID id;

  @Column(name = "host_id")
  private UUID hostId;

  @Column(name = "repository_id")
  private UUID repositoryId;

  @Column(name = "source_group_name")
  private String sourceGroupName;

  @Column(name = "kind")
  private JobKind kind;

  @Column(name = "limit_upload_kib")
  private Long limitUploadKib;

  @Column(name = "limit_download_kib")
  private Long limitDownloadKib;

  /** Which credentials of the repository it uses. */
  @Column(name = "admin_credentials")
  private boolean adminCredentials;

  @Column(name = "status")
  private JobStatus status;

  @Column(name = "queued_at")
  private Instant queuedAt;

  @Column(name = "queued_by")
  private String queuedBy;

  @Column(name = "dispatched_at")
  private Instant dispatchedAt;

  @Column(name = "accepted_at")
  private Instant acceptedAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "finished_at")
  private Instant finishedAt;

  @Column(name = "cancel_requested_at")
  private Instant cancelRequestedAt;

  @Column(name = "cancel_requested_by")
  private String cancelRequestedBy;

  @Column(name = "not_before")
  private Instant notBefore;

  @Column(name = "lost_at")
  private Instant lostAt;

  /** Its own if it is the first; null if it is older than the counting of attempts. */
  @Column(name = "first_job_id")
  private UUID firstJobId;

  @Column(name = "attempt")
  private int attempt;

  @Column(name = "retry_wanted")
  private boolean retryWanted;

  @Column(name = "failures")
  private int failures;

  @Column(name = "lock_waits")
  private int lockWaits;

  @Column(name = "lock_until")
  private Instant lockUntil;

  @Column(name = "met_lock")
  private boolean metLock;

  @Column(name = "waiting_for")
  private String waitingFor;

  /** The name of the host for whose job it waits; null if it waits for no host. */
  @Column(name = "waiting_for_host")
  private String waitingForHost;

  @Column(name = "read_data_subset")
  private String readDataSubset = "";

  @Column(name = "exit_code")
  private Integer exitCode;

  @Column(name = "error")
  private String error;

  @Column(name = "snapshot_id")
  private String snapshotId;

  @Column(name = "stats")
  private String stats;

  @Column(name = "percent_done")
  private Double percentDone;

  @Column(name = "files_done")
  private Long filesDone;

  @Column(name = "total_files")
  private Long totalFiles;

  @Column(name = "bytes_done")
  private Long bytesDone;

  @Column(name = "total_bytes")
  private Long totalBytes;

  @Column(name = "eta_seconds")
  private Long etaSeconds;

  @Column(name = "throughput_bps")
  private Long throughputBps;

  @Column(name = "current_file")
  private String currentFile;

  protected Job() {}

  Job(HostId host, RepositoryId repository, JobKind kind, String queuedBy, Instant now) {
    id = Ids.next();
    hostId = host.value();
    repositoryId = repository.value();
    this.kind = kind;
    status = JobStatus.QUEUED;
    this.queuedBy = queuedBy;
    queuedAt = now;
    firstJobId = id;
    attempt = 1;
  }

  /**
   * The same once more, as a job of its own: the next attempt of the series, or the one after the
   * given.
   */
  Job again(RepositoryId repository, String by, Instant now) {
    Job next = new Job(host(), repository, kind, by, now);
    next.sourceGroupName = sourceGroupName;
    next.firstJobId = first().value();
    next.attempt = attempt + 1;
    next.retryWanted = retryWanted;
    next.readDataSubset = readDataSubset;
    next.adminCredentials = adminCredentials;
    next.limitUploadKib = limitUploadKib;
    next.limitDownloadKib = limitDownloadKib;
    return next;
  }

  /** Limits of its own, instead of its host's. */
  void limit(Bandwidth limits) {
    limitUploadKib = limits.uploadKib();
    limitDownloadKib = limits.downloadKib();
  }

  Optional<Bandwidth> limits() {
    return limitUploadKib == null
        ? Optional.empty()
        : Optional.of(Bandwidth.of(limitUploadKib, limitDownloadKib));
  }

  /** It uses the credentials that may delete. */
  void withAdminCredentials() {
    adminCredentials = true;
  }

  boolean adminCredentials() {
    return adminCredentials;
  }

  /** If it fails it is tried again by the rule of its source group. */
  void retryIfItFails() {
    retryWanted = true;
  }

  /**
   * Which attempt of the series is the last if all of them fail and no lock comes between; empty if
   * it is not tried again by itself.
   *
   * @param rule of its source group
   */
  Optional<Integer> lastAttempt(RetryRule rule) {
    int last = attempt + rule.max() - failures;
    return retryWanted && last >= attempt ? Optional.of(last) : Optional.empty();
  }

  /** It follows attempts that have failed. */
  void afterFailures(int count, Instant notEarlierThan) {
    failures = count;
    notBefore = notEarlierThan;
  }

  /**
   * It follows an attempt that met a lock; failures before that still count.
   *
   * @param holder whose lock it was, for people
   * @param until from when on a lock is a failure
   */
  void afterLock(Job met, String holder, Instant notEarlierThan, Instant until) {
    failures = met.failures;
    lockWaits = met.lockWaits + 1;
    lockUntil = until;
    waitsFor(holder, null);
    notBefore = notEarlierThan;
  }

  /** Somebody wants it now: pauses of before do not hold, nor do failures count. */
  void hurry() {
    if (attempt > 1 && dispatchedAt == null) {
      notBefore = null;
      waitsFor(null, null);
      failures = 0;
    }
  }

  /** The first of its series: itself, unless it is a later attempt. */
  JobId first() {
    return new JobId(firstJobId == null ? id : firstJobId);
  }

  String queuedBy() {
    return queuedBy;
  }

  int failures() {
    return failures;
  }

  int lockWaits() {
    return lockWaits;
  }

  Optional<Instant> lockUntil() {
    return Optional.ofNullable(lockUntil);
  }

  String error() {
    return error == null ? "" : error;
  }

  /** Whether it ended because another restic holds a lock, and nobody wanted it ended. */
  boolean locked() {
    return status == JobStatus.FAILED
        && exitCode != null
        && exitCode == ExitCode.LOCKED
        && cancelRequestedAt == null;
  }

  /** The lock that it met does not make it a failure: another attempt follows. */
  void waitsForLock() {
    metLock = true;
  }

  /** It is not tried any more. */
  void gaveUp(String why) {
    error = Beginning.of(why + ": " + error(), LONGEST_ERROR);
  }

  /** Whether it has failed and another attempt may do better by itself. */
  boolean worthRetrying() {
    return status == JobStatus.FAILED
        && retryWanted
        && !metLock
        && cancelRequestedAt == null
        && (exitCode == null || !FINAL.contains(exitCode));
  }

  /** For a backup, and for a forget that is not about all: which source group of the host. */
  void of(SourceGroupDetails sourceGroup) {
    sourceGroupName = sourceGroup.name();
  }

  /** For a check: the part of the data that it reads, in restic's syntax; empty for none. */
  void reads(String subset) {
    readDataSubset = subset;
  }

  String readDataSubset() {
    return readDataSubset;
  }

  /** It is not sent before this moment. */
  void notBefore(Instant moment) {
    notBefore = moment;
  }

  /** Its host is left alone until this moment. */
  void afterBlackout(Instant end) {
    notBefore = end;
    waitsFor(BLACKOUT, null);
  }

  /** A person wants it now: if it waits for a moment it does so no longer. */
  void atOnce() {
    if (status == JobStatus.QUEUED && dispatchedAt == null) {
      notBefore = null;
      waitsFor(null, null);
    }
  }

  JobId id() {
    return new JobId(id);
  }

  HostId host() {
    return new HostId(hostId);
  }

  RepositoryId repository() {
    return new RepositoryId(repositoryId);
  }

  Optional<String> sourceGroupName() {
    return Optional.ofNullable(sourceGroupName);
  }

  JobKind kind() {
    return kind;
  }

  JobStatus status() {
    return status;
  }

  /**
   * It waits for this, or for nothing any more.
   *
   * @param what null for nothing
   * @param host the name of the host whose job that is; null if it is no other host's
   */
  void waitsFor(String what, String host) {
    waitingFor = what;
    waitingForHost = host;
  }

  void dispatched(Instant at) {
    dispatchedAt = at;
    waitsFor(null, null);
  }

  /** Whether it was sent to an agent, and not given back. */
  boolean dispatched() {
    return dispatchedAt != null;
  }

  /** The agent has it on its disk. */
  void accepted(Instant at) {
    if (acceptedAt == null) {
      acceptedAt = at;
    }
  }

  /**
   * Back to the queue: the agent does not have it. One that somebody wants cancelled is not sent
   * again, it ends.
   *
   * @return whether it has ended
   */
  boolean returned(Instant at) {
    if (status != JobStatus.QUEUED) {
      return false;
    }
    dispatchedAt = null;
    acceptedAt = null;
    if (cancelRequestedAt == null) {
      return false;
    }
    status = JobStatus.CANCELLED;
    finishedAt = at;
    return true;
  }

  /**
   * Notes that somebody wants it ended; the first wish counts. What is not yet with an agent ends
   * at once.
   *
   * @return whether an agent must be told
   */
  boolean cancel(String by, Instant at) {
    if (status.ended()) {
      return false;
    }
    if (cancelRequestedAt == null) {
      cancelRequestedAt = at;
      cancelRequestedBy = by;
    }
    return dispatchedAt != null || !returned(at);
  }

  /** Whether its agent must be told that it is to end, though we may take it for ended already. */
  boolean cancelUnheard() {
    return cancelRequestedAt != null
        && (!status.ended() || (status == JobStatus.CANCELLED && exitCode == null));
  }

  void started(Instant at) {
    if (status == JobStatus.QUEUED) {
      status = JobStatus.RUNNING;
      startedAt = at;
    }
  }

  void progressed(JobProgress progress) {
    if (status.ended()) {
      return;
    }
    percentDone = progress.percentDone();
    filesDone = progress.filesDone();
    totalFiles = progress.totalFiles();
    bytesDone = progress.bytesDone();
    totalBytes = progress.totalBytes();
    etaSeconds = progress.etaSeconds();
    throughputBps = progress.throughputBps();
    currentFile = shown(progress.currentFile());
  }

  /** Paths come from machines of others: what no database takes, or no page shows, is not kept. */
  private static String shown(String path) {
    return path == null || path.isEmpty() || path.length() > LONGEST_PATH
        ? null
        : path.replace('\0', '\uFFFD');
  }

  /**
   * The first end counts; a repeat changes nothing. Only a job that was taken for lost ends once
   * more: what its agent knows is better than what we believed.
   */
  boolean finished(JobFinished end, Instant at) {
    boolean onlyBelieved = lostAt != null && exitCode == null;
    if (status.ended() && !onlyBelieved) {
      return false;
    }
    status = end.status();
    exitCode = end.exitCode();
    error = end.error().isEmpty() ? null : Beginning.of(end.error(), LONGEST_ERROR);
    ended(at);
    if (end.stats() != null) {
      stats = end.stats().toString();
      snapshotId = snapshotIn(end.stats());
      if (status == JobStatus.SUCCEEDED) {
        completed(end.stats());
      }
    }
    return true;
  }

  /** The last progress came up to a second before the end; the summary knows how much it was. */
  private void completed(JsonObject summary) {
    if (!(summary.get("total_bytes_processed") instanceof JsonNumber bytes)) {
      return;
    }
    percentDone = 1.0;
    totalFiles = (long) summary.getInt("total_files_processed", 0);
    filesDone = totalFiles;
    totalBytes = bytes.longValue();
    bytesDone = totalBytes;
    etaSeconds = 0L;
    throughputBps = throughputBps == null ? 0L : throughputBps;
  }

  private static String snapshotIn(JsonObject summary) {
    String id = summary.getString("snapshot_id", "");
    return id.isEmpty() || id.length() > LONGEST_SNAPSHOT_ID ? null : id;
  }

  /** Ends a job that its agent cannot end any more. */
  void failed(String reason, Instant at) {
    if (!status.ended()) {
      status = JobStatus.FAILED;
      error = Beginning.of(reason, LONGEST_ERROR);
      ended(at);
    }
  }

  /** Not before it started: the clock may have been set back, or be another one. */
  private void ended(Instant at) {
    currentFile = null;
    finishedAt = startedAt != null && at.isBefore(startedAt) ? startedAt : at;
  }

  /** Ends a running job whose host was not heard of for too long. */
  void lost(String reason, Instant at) {
    if (status == JobStatus.RUNNING) {
      failed(reason, at);
      lostAt = at;
    }
  }

  /** For who may not see all hosts: nothing of another one is in it. */
  JobDetails details() {
    return details(waitingFor);
  }

  /** For somebody who sees these hosts. */
  JobDetails details(Sight sight) {
    boolean named = !sight.limited() && waitingFor != null && waitingForHost != null;
    return details(named ? waitingFor + " on host " + waitingForHost : waitingFor);
  }

  private JobDetails details(String waitsFor) {
    return new JobDetails(
        id(),
        host(),
        kind,
        status,
        sourceGroupName,
        queuedAt,
        queuedBy,
        startedAt,
        finishedAt,
        cancelRequestedAt,
        cancelRequestedBy,
        lostAt,
        first(),
        attempt,
        status == JobStatus.QUEUED ? notBefore : null,
        status == JobStatus.QUEUED && dispatchedAt == null ? waitsFor : null,
        metLock,
        exitCode,
        error,
        snapshotId,
        percentDone == null
            ? null
            : new JobDetails.Progress(
                percentDone,
                filesDone,
                totalFiles,
                bytesDone,
                totalBytes,
                etaSeconds,
                throughputBps,
                currentFile));
  }
}
