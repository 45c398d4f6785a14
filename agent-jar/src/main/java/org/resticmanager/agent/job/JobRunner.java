package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.RepositoryConnection;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Interruption;
import org.resticmanager.agent.restic.LeftRunning;
import org.resticmanager.agent.restic.Limits;
import org.resticmanager.agent.restic.Patience;
import org.resticmanager.agent.restic.RepositoryAccess;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.ResticMissing;
import org.resticmanager.agent.restic.ResticProcess;
import org.resticmanager.agent.restic.Unlock;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * Runs the queued jobs of the spool, oldest first, one at a time, on a thread of its own. Every job
 * that it begins gets an end, if not from this process then from the next one, which goes on where
 * this one stopped: a restic that runs is followed to its end, one that has ended is not run again.
 */
public final class JobRunner {

  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final String CANCELLED = "cancelled";
  private static final String STOPPED = "the agent was stopped while restic ran";
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration DISK_RETRY = Duration.ofSeconds(10);
  private static final int LONGEST_ERROR = 4000;

  /** For taking away the lock of a restic that was killed, while the backend does not answer. */
  private static final Duration UNLOCK_LIMIT = Duration.ofMinutes(1);

  /** Somebody waits for the answer. */
  private static final Duration TEST_LIMIT = Duration.ofMinutes(1);

  private final Spool spool;
  private final Changes changes;
  private final SecretStore secrets;
  private final Version restic;
  private final String hostName;
  private final Path cache;
  private final AgentSettings settings;
  private final Clock clock;
  private final ProgressBoard board;
  private final Agreed agreed;
  private final Thread thread = new Thread(this::work, "jobs");
  private Optional<JobSpool> running = Optional.empty();
  private Interruption interruption = new Interruption();
  private boolean stopping;
  private boolean leaving;

  /**
   * @param hostName the host name in the snapshots
   * @param cache restic's cache; other things that may be lost lie beside it
   */
  public JobRunner(
      Spool spool,
      Changes changes,
      SecretStore secrets,
      Version restic,
      String hostName,
      Path cache,
      AgentSettings settings,
      Clock clock,
      ProgressBoard board,
      Agreed agreed) {
    this.spool = spool;
    this.changes = changes;
    this.secrets = secrets;
    this.restic = restic;
    this.hostName = hostName;
    this.cache = cache;
    this.settings = settings;
    this.clock = clock;
    this.board = board;
    this.agreed = agreed;
  }

  /** Whether this agent can run jobs of this kind. */
  public static boolean runs(JobKind kind) {
    return Acceptance.KINDS.contains(kind);
  }

  /** Why this agent cannot carry out a command, in words for a person; empty if it can. */
  public static Optional<String> refusal(CommandRun command) {
    return Acceptance.refusal(command);
  }

  /** Begins; first of all the jobs that an earlier process left unfinished are taken up again. */
  public void start() {
    thread.start();
  }

  /**
   * Ends the running restic, and returns when its job has its end; up to about 30 s, and more if
   * its lock has to be taken away.
   */
  public void stopWithJobs() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      interruption.request(STOPPED);
    }
    changes.signal();
    thread.join();
  }

  /**
   * Leaves the running restic, and the job with it, to the next process; returns within a moment.
   */
  public void leave() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      leaving = true;
      interruption.leave();
    }
    changes.signal();
    thread.join();
  }

  /**
   * Ends a job: one that waits at once, one that runs as soon as its restic has ended. The wish is
   * on the disk when this returns. Of a job that has ended, or is not known, nothing changes. Any
   * thread may call it.
   *
   * @throws IOException if it cannot be stored
   */
  public void cancel(JobId id) throws IOException {
    Optional<JobSpool> job = spool.job(id);
    if (job.isEmpty()) {
      return;
    }
    boolean repeated = job.get().cancelRequested();
    job.get().cancel(clock.instant());
    synchronized (this) {
      if (running.equals(job) && !repeated) {
        interruption.request(CANCELLED);
      }
    }
    changes.signal();
  }

  private synchronized boolean stopping() {
    return stopping;
  }

  private void work() {
    try {
      spool.jobs().stream().filter(job -> job.status() == JobStatus.RUNNING).forEach(this::takeUp);
      while (!stopping()) {
        long seen = changes.count();
        Optional<JobSpool> next = spool.nextQueued();
        if (next.isEmpty() || !begin(next.get())) {
          changes.awaitBeyond(seen, LOOK_AGAIN);
        }
      }
    } catch (LeftRunning e) {
      LOG.log(
          System.Logger.Level.INFO,
          "job {0}: left to the next start of the agent; if restic runs, it goes on",
          running.map(JobSpool::id).map(JobId::value).orElse(""));
    }
  }

  private void takeUp(JobSpool job) {
    LOG.log(
        System.Logger.Level.INFO,
        "job {0}: {1} taken up again",
        job.id(),
        job.command().kind().wireName());
    run(job);
  }

  /** Returns whether there is any use in looking for the next job at once. */
  private boolean begin(JobSpool job) {
    try {
      if (!job.begin(clock.instant())) {
        // wanted cancelled by somebody who then could not write its end
        job.cancel(clock.instant());
        return true;
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0}: its beginning cannot be stored ({1}); trying again",
          job.id(),
          Words.of(e));
      changes.awaitBeyond(changes.count(), DISK_RETRY);
      return false;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "job {0}: {1} started",
        job.id(),
        job.command().kind().wireName());
    run(job);
    return true;
  }

  private Interruption interruptionOf(JobSpool job) {
    synchronized (this) {
      running = Optional.of(job);
      interruption = new Interruption();
      if (job.cancelRequested()) {
        interruption.request(CANCELLED);
      }
      if (leaving) {
        interruption.leave();
      } else if (stopping) {
        interruption.request(STOPPED);
      }
      return interruption;
    }
  }

  private void run(JobSpool job) {
    JobLog log = new JobLog(job, board, clock);
    Interruption wish = interruptionOf(job);
    Outcome outcome = outcomeOf(() -> carryOut(job, log, wish));
    board.clear();
    finish(job, outcome);
    synchronized (this) {
      running = Optional.empty();
    }
  }

  /** Part of a job's work. */
  @FunctionalInterface
  private interface Work {
    Outcome done() throws IOException;
  }

  private static Outcome outcomeOf(Work work) {
    try {
      return work.done();
    } catch (LeftRunning e) {
      throw e;
    } catch (ResticMissing e) {
      return Outcome.failed(Outcome.NO_EXIT_CODE, e.getMessage());
    } catch (IOException e) {
      return Outcome.failed(
          Outcome.NO_EXIT_CODE, "the agent could not run restic (" + Words.of(e) + ")");
    } catch (RuntimeException | Error e) {
      // also without memory, or without a class because the agent's file was replaced: this is the
      // only thread that runs jobs
      LOG.log(System.Logger.Level.DEBUG, "job failed", e);
      return Outcome.failed(
          Outcome.NO_EXIT_CODE, "the agent failed while it ran the job (" + Words.of(e) + ")");
    }
  }

  private Outcome carryOut(JobSpool job, JobLog log, Interruption wish) throws IOException {
    CommandRun command = job.command();
    RepositoryConnection connection = secrets.slot(slot(command));
    RepositoryAccess access =
        new RepositoryAccess(
            connection.url(),
            connection.password(),
            connection.username(),
            connection.credential(),
            connection.environment());
    SnapshotList snapshots =
        new SnapshotList(job, log, new SizeAsked(cache, connection.url(), clock), agreed);
    BackupJob backup = new BackupJob(job, log, hostName, snapshots);
    // what has begun is not to be refused any more: it may be done
    Optional<String> refusal =
        ResticProcess.begunIn(job.folder())
            ? Optional.empty()
            : access
                .problem()
                .or(() -> command.kind() == JobKind.BACKUP ? backup.refusal() : Optional.empty());
    if (refusal.isPresent()) {
      return Outcome.failed(Outcome.NO_EXIT_CODE, refusal.get());
    }
    if (settings.hooksForbidden() && Hooks.wanted(command)) {
      return Outcome.failed(
          Outcome.NO_EXIT_CODE,
          "the owner of this host forbids hooks (RESTIC_MANAGER_AGENT_FORBID_HOOKS); take them out"
              + " of the source group");
    }
    Hooks hooks = new Hooks(job, log, connection.hookShell(), clock);
    Optional<String> hookFailure = hooks.pre(wish);
    Outcome outcome =
        hookFailure.isPresent()
            ? notBegun(job, wish, hookFailure.get())
            : outcomeOf(() -> runRestic(job, access, log, snapshots, backup, wish));
    return hooks.post(outcome, command.postHook().isEmpty() ? wish : anotherInterruption());
  }

  private static Outcome notBegun(JobSpool job, Interruption wish, String reason) {
    return job.cancelRequested() && wish.reason().isPresent()
        ? Outcome.cancelled(CANCELLED + " before restic began")
        : Outcome.failed(Outcome.NO_EXIT_CODE, reason);
  }

  private Outcome runRestic(
      JobSpool job,
      RepositoryAccess access,
      JobLog log,
      SnapshotList snapshots,
      BackupJob backup,
      Interruption wish)
      throws IOException {
    CommandRun command = job.command();
    Duration patience = command.kind() == JobKind.TEST ? TEST_LIMIT : settings.unreachableAfter();
    Restic prepared = restic(job, access, patience, wish, log);
    String keyPassword = secrets.slot(ConfigUpdate.SLOT_REPO).keyPassword();
    Restic other = restic(job, access.withPassword(keyPassword), patience, wish, log);
    Outcome outcome =
        switch (command.kind()) {
          case INIT -> new InitJob(log, snapshots).run(prepared);
          case BACKUP -> backup.run(prepared);
          case FORGET -> new ForgetJob(job, log, hostName, snapshots).run(prepared);
          case PRUNE -> new PruneJob(log, snapshots, clock).run(prepared);
          case CHECK -> new CheckJob(job, log, clock).run(prepared);
          case UNLOCK -> new UnlockJob(job, log).run(prepared);
          case TEST -> new TestJob(log).run(prepared);
          case KEY_ADD -> new KeyAddJob(keyPassword, log).run(prepared, other);
          case KEY_REMOVE ->
              new KeyRemoveJob(keyPassword, access.password(), log).run(prepared, other);
          case RESTORE, DIFF ->
              Outcome.failed(
                  Outcome.NO_EXIT_CODE,
                  "this agent cannot run jobs of kind " + command.kind().wireName());
        };
    if (prepared.killed()) {
      unlock(job, access, log);
    }
    boolean interrupted = prepared.interrupted() || other.interrupted();
    return outcome.status() == JobStatus.FAILED && interrupted && job.cancelRequested()
        ? Outcome.cancelled(prepared.killed() ? CANCELLED + "; restic had to be killed" : CANCELLED)
        : outcome;
  }

  private Restic restic(
      JobSpool job,
      RepositoryAccess access,
      Duration unreachableAfter,
      Interruption wish,
      JobLog log) {
    Patience patience = new Patience(unreachableAfter, settings.stuckAfter());
    return new Restic(
        restic, access, limits(job.command()), job.folder(), cache, patience, clock, wish, log);
  }

  /** Those of the job count more than those of the connection. */
  private Limits limits(CommandRun command) {
    RepositoryConnection connection = secrets.slot(slot(command));
    return new Limits(
        command.limitUploadKib() == null ? connection.limitUploadKib() : command.limitUploadKib(),
        command.limitDownloadKib() == null
            ? connection.limitDownloadKib()
            : command.limitDownloadKib());
  }

  private static String slot(CommandRun command) {
    return command.requiresAdminCreds() ? ConfigUpdate.SLOT_ADMIN : ConfigUpdate.SLOT_REPO;
  }

  /** What was killed could not take its lock away; only that of a dead process is taken. */
  private void unlock(JobSpool job, RepositoryAccess access, JobLog log) throws IOException {
    Interruption wish = anotherInterruption();
    log.note("restic could not end in order: taking away the lock that it left");
    Ended ended = new Unlock(restic(job, access, UNLOCK_LIMIT, wish, log)).clean(log);
    if (!ended.ok()) {
      log.warn("the lock could not be taken away: " + ended.reason());
    }
  }

  /** For what is done after the end was asked for: only leaving concerns it. */
  private synchronized Interruption anotherInterruption() {
    interruption = new Interruption();
    if (leaving) {
      interruption.leave();
    }
    return interruption;
  }

  /** Goes on trying while the disk is full: a job without an end would be running for ever. */
  private void finish(JobSpool job, Outcome outcome) {
    String error =
        outcome.error().length() > LONGEST_ERROR
            ? outcome.error().substring(0, LONGEST_ERROR) + "…"
            : outcome.error();
    JobFinished finished =
        new JobFinished(
            job.id().value(),
            outcome.status(),
            outcome.exitCode(),
            clock.instant(),
            outcome.stats().orElse(null),
            error);
    while (true) {
      try {
        job.append(finished);
        LOG.log(
            System.Logger.Level.INFO,
            "job {0}: {1}{2}",
            job.id(),
            outcome.status().wireName(),
            error.isEmpty() ? "" : ": " + Words.oneLine(error));
        return;
      } catch (IOException | Error e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "job {0}: its end cannot be stored ({1}); trying again",
            job.id(),
            Words.of(e));
        if (stopping()) {
          return;
        }
        changes.awaitBeyond(changes.count(), DISK_RETRY);
      }
    }
  }
}
