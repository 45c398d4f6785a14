package org.resticmanager.agent.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.KnownServer;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.RunLock;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.config.SpoolSettings;
import org.resticmanager.agent.connection.AgentTooOld;
import org.resticmanager.agent.connection.ControlPlaneLink;
import org.resticmanager.agent.connection.Handlers;
import org.resticmanager.agent.job.Agreed;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.job.ProgressBoard;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.agent.schedule.ScheduleTimer;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.WireCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = "Connects to the control plane and runs the jobs that it sends, until stopped.")
final class RunCommand implements Callable<Integer> {

  private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

  /** A server that takes no farewell for so long gets none. */
  private static final long DISCONNECT_SECONDS = 5;

  @Mixin private DataOption data;

  @Option(
      names = "--restic",
      paramLabel = "PATH",
      description = "The restic to run, instead of the one given at enrolment.")
  private Path restic;

  @Option(
      names = "--end-jobs-on-stop",
      description = {
        "When stopped, end the running restic in order and its job as failed.",
        "Without it restic goes on, and the next start takes the job up again."
      })
  private boolean endJobs;

  @Override
  public Integer call() throws IOException {
    AgentSettings settings = AgentSettings.ofThisProcess();
    DataFolder folder = data.folder();
    EnrolmentStore enrolments = new EnrolmentStore(folder);
    Enrolment enrolment =
        enrolments
            .load()
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.ENROLMENT,
                        "this agent is not enrolled ("
                            + folder.root()
                            + "); run enrol first, or give its folder with --data"));
    folder.prepared();
    try (RunLock lock = lock(folder)) {
      return run(settings, folder, enrolments, enrolment);
    }
  }

  private static RunLock lock(DataFolder folder) throws IOException {
    return RunLock.take(folder)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.RUNNING,
                    "an agent runs on " + folder.root() + " already; there can be only one"));
  }

  private int run(
      AgentSettings settings, DataFolder folder, EnrolmentStore enrolments, Enrolment enrolment)
      throws IOException {
    LOG.log(System.Logger.Level.INFO, "restic-manager-agent {0}", AgentVersion.current());
    Version version =
        new Version(Optional.ofNullable(restic).or(enrolment::restic), System.getenv("PATH"));
    version.lookAhead();
    Clock clock = Clock.systemUTC();
    Machine machine = Machine.local();
    Changes changes = new Changes();
    WireCodec codec = new WireCodec();
    Spool spool =
        new Spool(folder, codec, changes, SpoolSettings.ofThisProcess(), JobRunner::refusal);
    SecretStore secrets = new SecretStore(folder);
    ProgressBoard board = new ProgressBoard(changes);
    Agreed agreed = new Agreed();
    JobRunner runner =
        new JobRunner(
            spool,
            changes,
            secrets,
            version,
            enrolment.hostName(),
            folder.cache(),
            settings,
            clock,
            board,
            agreed);
    ScheduleBook schedules =
        new ScheduleBook(folder, enrolment.hostId(), machine.zone(), clock, changes);
    ScheduleTimer timer = new ScheduleTimer(schedules, changes);
    ControlPlaneLink link =
        new ControlPlaneLink(
            enrolments,
            new KnownServer(folder, enrolment.hostId()),
            spool,
            new Handlers(spool, secrets, enrolments, runner, schedules, clock, agreed),
            schedules,
            board,
            version,
            machine,
            settings,
            clock,
            changes,
            codec);
    CountDownLatch disconnected = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(runner, timer, link, disconnected), "stop"));
    runner.start();
    timer.start();
    try {
      link.run();
      return ExitCode.OK;
    } catch (AgentTooOld e) {
      throw new Failure(
          ExitCode.TOO_OLD,
          "this agent ("
              + AgentVersion.current()
              + ") is too old for its server; update it: "
              + e.getMessage());
    } finally {
      disconnected.countDown();
    }
  }

  /** The job first, so that its end still goes over the connection. */
  private void stop(
      JobRunner runner, ScheduleTimer timer, ControlPlaneLink link, CountDownLatch disconnected) {
    try {
      timer.stop();
      if (endJobs) {
        runner.stopWithJobs();
      } else {
        runner.leave();
      }
      link.stop();
      if (!disconnected.await(DISCONNECT_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "stopped without a word to the server");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
