package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.RepositoryConnection;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.restic.Interruption;
import org.resticmanager.agent.restic.RepositoryAccess;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.ResticMissing;
import org.resticmanager.agent.restic.ResticProcess;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * Runs the queued jobs of the spool, oldest first, one at a time, on a thread of its own. Every job
 * that it begins gets an end, if not from this process then from the next one.
 */
public final class JobRunner {

  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());
  private static final Set<JobKind> KINDS = EnumSet.of(JobKind.INIT, JobKind.BACKUP);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration DISK_RETRY = Duration.ofSeconds(10);
  private static final int LONGEST_ERROR = 4000;

  private final Spool spool;
  private final Changes changes;
  private final SecretStore secrets;
  private final Version restic;
  private final String hostName;
  private final Path cache;
  private final AgentSettings settings;
  private final Clock clock;
  private final ProgressBoard board;
  private final Interruption stop = new Interruption();
  private final Thread thread = new Thread(this::work, "jobs");

  /**
   * @param hostName the host name in the snapshots
   * @param cache restic's cache
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
      ProgressBoard board) {
    this.spool = spool;
    this.changes = changes;
    this.secrets = secrets;
    this.restic = restic;
    this.hostName = hostName;
    this.cache = cache;
    this.settings = settings;
    this.clock = clock;
    this.board = board;
  }

  /** Whether this agent can run jobs of this kind. */
  public static boolean runs(JobKind kind) {
    return KINDS.contains(kind);
  }

  /** Begins; first of all the jobs that an earlier process left unfinished get their end. */
  public void start() {
    thread.start();
  }

  /** Ends the running restic and waits until its job has its end; up to about 30 s. */
  public void stop() throws InterruptedException {
    stop.request("the agent was stopped while restic ran");
    changes.signal();
    thread.join();
  }

  private void work() {
    spool.jobs().stream().filter(job -> job.status() == JobStatus.RUNNING).forEach(this::bury);
    while (stop.reason().isEmpty()) {
      long seen = changes.count();
      Optional<JobSpool> next = spool.nextQueued();
      if (next.isPresent()) {
        run(next.get());
      } else {
        changes.awaitBeyond(seen, LOOK_AGAIN);
      }
    }
  }

  private void bury(JobSpool job) {
    try {
      if (ResticProcess.endSurvivors(job.folder())) {
        LOG.log(System.Logger.Level.INFO, "job {0}: ended the restic that was left", job.id());
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "job {0}: cannot tell whether its restic still runs ({1})",
          job.id(),
          Words.of(e));
    }
    finish(job, Outcome.failed(Outcome.NO_EXIT_CODE, "the agent was restarted while restic ran"));
  }

  private void run(JobSpool job) {
    LOG.log(
        System.Logger.Level.INFO,
        "job {0}: {1} started",
        job.id(),
        job.command().kind().wireName());
    JobLog log = new JobLog(job, board, clock);
    Outcome outcome;
    try {
      job.append(new JobStarted(job.id().value(), job.command().kind(), clock.instant()));
      outcome = carryOut(job, log);
    } catch (IOException e) {
      outcome =
          Outcome.failed(
              Outcome.NO_EXIT_CODE, "the agent could not run restic (" + Words.of(e) + ")");
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "job failed", e);
      outcome =
          Outcome.failed(
              Outcome.NO_EXIT_CODE, "the agent failed while it ran the job (" + Words.of(e) + ")");
    }
    log.close();
    board.clear();
    finish(job, outcome);
  }

  private Outcome carryOut(JobSpool job, JobLog log) throws IOException {
    CommandRun command = job.command();
    RepositoryConnection connection =
        secrets.slot(
            command.requiresAdminCreds() ? ConfigUpdate.SLOT_ADMIN : ConfigUpdate.SLOT_REPO);
    RepositoryAccess access =
        new RepositoryAccess(
            connection.url(),
            connection.password(),
            connection.username(),
            connection.credential());
    BackupJob backup = new BackupJob(job, log, hostName);
    Optional<String> refusal =
        access
            .problem()
            .or(() -> command.kind() == JobKind.BACKUP ? backup.refusal() : Optional.empty());
    if (refusal.isPresent()) {
      return Outcome.failed(Outcome.NO_EXIT_CODE, refusal.get());
    }
    try {
      Restic prepared =
          new Restic(
              restic.find(), access, job.folder(), cache, settings.unreachableAfter(), clock, stop);
      return switch (command.kind()) {
        case INIT -> new InitJob(job, log).run(prepared);
        case BACKUP -> backup.run(prepared);
        default ->
            Outcome.failed(
                Outcome.NO_EXIT_CODE,
                "this agent cannot run jobs of kind " + command.kind().wireName());
      };
    } catch (ResticMissing e) {
      return Outcome.failed(Outcome.NO_EXIT_CODE, e.getMessage());
    }
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
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "job {0}: its end cannot be stored ({1}); trying again",
            job.id(),
            Words.of(e));
        if (stop.reason().isPresent()) {
          return;
        }
        changes.awaitBeyond(changes.count(), DISK_RETRY);
      }
    }
  }
}
