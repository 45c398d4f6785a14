package org.resticmanager.agent.job;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.WireCodec;

/** An agent's spool, secrets and runner without a connection. */
final class JobBench implements Closeable {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final WireCodec codec = new WireCodec();
  private final Changes changes = new Changes();
  private final Spool spool;
  private final ProgressBoard board = new ProgressBoard(changes);
  private final Agreed agreed = new Agreed();
  private final JobRunner runner;
  private final SecretStore secrets;

  JobBench(Path data, Optional<Path> restic, String path, Duration unreachableAfter)
      throws IOException {
    this(data, restic, path, settings(unreachableAfter, LONG, false));
  }

  private JobBench(Path data, Optional<Path> restic, String path, AgentSettings settings)
      throws IOException {
    this(data, restic, path, settings, Clock.systemUTC());
  }

  private JobBench(
      Path data, Optional<Path> restic, String path, AgentSettings settings, Clock clock)
      throws IOException {
    DataFolder folder = new DataFolder(data).prepared();
    spool = new Spool(folder, codec, changes);
    secrets = new SecretStore(folder);
    runner =
        new JobRunner(
            spool,
            changes,
            secrets,
            new Version(restic, path),
            "the-host",
            folder.cache(),
            settings,
            clock,
            board,
            agreed);
    runner.start();
  }

  static JobBench with(Path data, Path restic) throws IOException {
    return new JobBench(data, Optional.of(restic), "", LONG);
  }

  /** It reads this clock whenever something happens. */
  static JobBench withClock(Path data, Path restic, Clock clock) throws IOException {
    return new JobBench(data, Optional.of(restic), "", settings(LONG, LONG, false), clock);
  }

  /** Its owner forbids hooks. */
  static JobBench withoutHooks(Path data, Path restic) throws IOException {
    return new JobBench(data, Optional.of(restic), "", settings(LONG, LONG, true));
  }

  /** It gives a restic up that does nothing for so long. */
  static JobBench withStandstill(Path data, Path restic, Duration limit) throws IOException {
    return new JobBench(data, Optional.of(restic), "", settings(LONG, limit, false));
  }

  private static AgentSettings settings(
      Duration unreachableAfter, Duration stuckAfter, boolean hooksForbidden) {
    return new AgentSettings(Duration.ZERO, SOON, unreachableAfter, stuckAfter, hooksForbidden);
  }

  /** The control plane has named these extensions. */
  JobBench agreedOn(String... features) {
    agreed.on(List.of(features));
    return this;
  }

  JobBench repository(String url, String password) throws IOException {
    secrets.apply(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO).repoUrl(url).repoPassword(password).build());
    return this;
  }

  JobBench restUser(String name, String credential) throws IOException {
    secrets.apply(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
            .repoUsername(name)
            .repoCredential(credential)
            .build());
    return this;
  }

  /** Another password of the repository, for jobs that are about its keys. */
  JobBench keyPassword(String password) throws IOException {
    secrets.apply(ConfigUpdate.of(ConfigUpdate.SLOT_REPO).keyPassword(password).build());
    return this;
  }

  JobSpool begin(String id, JobKind kind, List<String> includes, List<String> excludes)
      throws IOException {
    JobId job = new JobId(id);
    spool.accept(
        job,
        CommandRun.of(id, kind).includes(includes).excludes(excludes).tag("the-group").build());
    return held(id);
  }

  JobSpool begin(CommandRun command) throws IOException {
    spool.accept(new JobId(command.jobId()), command);
    return held(command.jobId());
  }

  Told run(CommandRun.Builder command) throws IOException {
    return await(begin(command.build()));
  }

  /** The control plane has taken all of a job. */
  void confirm(String id) throws IOException {
    spool.confirmed(new JobId(id), 0, true);
  }

  JobSpool held(String id) {
    return spool.jobs().stream()
        .filter(job -> job.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  void awaitLog(JobSpool job, String line) {
    Awaitility.await().atMost(PATIENCE).until(() -> told(job).log().contains(line));
  }

  Optional<JobProgress> progress() {
    return board.latest();
  }

  Told init(String id) throws IOException {
    return await(begin(id, JobKind.INIT, List.of(), List.of()));
  }

  Told backup(String id, String... includes) throws IOException {
    return await(begin(id, JobKind.BACKUP, List.of(includes), List.of()));
  }

  Told await(JobSpool job) throws IOException {
    awaitEnd(job);
    return told(job);
  }

  /** For a job that has more to tell than is to be held in memory. */
  void awaitEnd(JobSpool job) {
    Awaitility.await().atMost(PATIENCE).until(() -> job.status().ended());
  }

  Told told(JobSpool job) throws IOException {
    List<Message> messages = new ArrayList<>();
    JobSpool.Unsent unsent = job.unsent();
    Optional<SpooledEvent> event = unsent.next();
    while (event.isPresent()) {
      messages.add(((Decoded.Understood) codec.decodeFromAgent(event.get().frame())).message());
      event = unsent.next();
    }
    return new Told(messages);
  }

  void cancel(String id) throws IOException {
    runner.cancel(new JobId(id));
  }

  /** The agent stops and leaves restic running. */
  void leave() throws InterruptedException {
    runner.leave();
  }

  @Override
  public void close() {
    try {
      runner.stopWithJobs();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The events of one job, in order. */
  record Told(List<Message> messages) {

    <T extends Message> Optional<T> first(Class<T> type) {
      return messages.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    <T extends Message> List<T> all(Class<T> type) {
      return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    JobFinished end() {
      return first(JobFinished.class).orElseThrow();
    }

    String log() {
      StringBuilder text = new StringBuilder();
      messages.stream()
          .filter(LogStream.class::isInstance)
          .map(LogStream.class::cast)
          .forEach(
              line ->
                  text.append(line.stream().wireName())
                      .append(": ")
                      .append(line.payload())
                      .append('\n'));
      return text.toString();
    }

    List<String> kinds() {
      return messages.stream()
          .filter(message -> !(message instanceof LogStream))
          .map(message -> message.getClass().getSimpleName())
          .toList();
    }
  }
}
