package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Plans;
import org.resticmanager.source.Retention;
import org.resticmanager.source.SourceGroups;

/** A host that backed up to one repository is connected to another one. */
class RepositoryLeftTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static TestContainer node;

  private Repositories repositories;
  private RepositoryId old;
  private RepositoryId other;
  private HostId host;

  @BeforeAll
  static void start() {
    node = new TestContainer(NOON);
  }

  @AfterAll
  static void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @BeforeEach
  void addHost() {
    node.moveClock(NOON);
    repositories = node.get(Repositories.class);
    old = addRepository();
    other = addRepository();
    host = node.get(Hosts.class).add("web " + Ids.next(), "web", "linux", "amd64").id();
    repositories.connect(host, old);
    node.get(SourceGroups.class)
        .put(host, "data", Plans.of("/srv/data", Retention.ALL), before -> {});
  }

  private RepositoryId addRepository() {
    RepositoryId id =
        repositories
            .create(new NewRepository("nas " + Ids.next(), "/srv/nas", "secret", null, null))
            .id();
    repositories.initialised(id);
    return id;
  }

  @Test
  void aHostWhoseAgentHasAJobStays() {
    JobId job = queue(old, JobKind.BACKUP);
    FakeConnection agent = connect();
    assertThat(sent(agent)).hasSize(1);

    assertThatThrownBy(() -> repositories.connect(host, other))
        .isInstanceOfSatisfying(
            Conflict.class, refusal -> assertThat(refusal.code()).isEqualTo("jobs-open"))
        .hasMessageContaining("cancel it");
    begin(job, JobKind.BACKUP);
    assertThatThrownBy(() -> repositories.connect(host, other)).isInstanceOf(Conflict.class);

    assertThat(repositories.of(host).orElseThrow().id()).isEqualTo(old);
    end(job, JobStatus.SUCCEEDED, 0);
    repositories.connect(host, other);
    assertThat(repositories.of(host).orElseThrow().id()).isEqualTo(other);
  }

  @Test
  void whatNoAgentHasEndsWithTheReason() {
    JobId prune = queue(old, JobKind.PRUNE);

    repositories.connect(host, other);

    assertThat(job(prune).status()).isEqualTo(JobStatus.FAILED);
    assertThat(job(prune).error()).contains("connected to another repository");
  }

  @Test
  void connectingAHostToItsOwnRepositoryChangesNothing() {
    JobId waiting = queue(old, JobKind.PRUNE);
    JobId running = queue(old, JobKind.CHECK);
    begin(running, JobKind.CHECK);

    repositories.connect(host, old);

    assertThat(job(waiting).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job(running).status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aBackupThatIsTriedAgainFollowsToTheOtherRepository() {
    JobId backup = node.get(Jobs.class).runNow(host, "data", true, Optional.empty()).id();

    repositories.connect(host, other);

    assertThat(job(backup).status()).isEqualTo(JobStatus.FAILED);
    assertThat(node.get(JobQueue.class).open(other, JobKind.BACKUP))
        .singleElement()
        .satisfies(again -> assertThat(again.attempt()).isEqualTo(2));
  }

  @Test
  void whatWasQueuedForTheRepositoryOfBeforeMeanwhileIsNotSent() {
    repositories.connect(host, other);
    JobId prune = queue(old, JobKind.PRUNE);
    JobId forget = queue(old, JobKind.FORGET);
    JobId init = queue(old, JobKind.INIT);

    assertThat(sent(connect())).isEmpty();

    assertThat(List.of(prune, forget, init))
        .allSatisfy(
            id -> {
              assertThat(job(id).status()).isEqualTo(JobStatus.FAILED);
              assertThat(job(id).error()).contains("connected to another repository");
            });
  }

  @Test
  void whatMetALockInTheRepositoryOfBeforeIsNotDoneInTheOtherOne() {
    JobId prune = queue(old, JobKind.PRUNE);
    begin(prune, JobKind.PRUNE);
    node.moveClock(NOON.plus(Duration.ofDays(2)));
    node.get(Dispatch.class).lose(prune);
    repositories.connect(host, other);

    end(prune, JobStatus.FAILED, ExitCode.LOCKED);

    assertThat(node.get(JobQueue.class).open(other, JobKind.PRUNE)).isEmpty();
    assertThat(job(prune).metLock()).isFalse();
  }

  private JobId queue(RepositoryId repository, JobKind kind) {
    return node.get(JobQueue.class).add(host, repository, kind, "", "admin").id();
  }

  private void begin(JobId job, JobKind kind) {
    node.get(JobReports.class).started(host, new JobStarted(job.toString(), kind, node.now()));
  }

  private void end(JobId job, JobStatus status, int exitCode) {
    node.get(JobReports.class)
        .finished(host, new JobFinished(job.toString(), status, exitCode, node.now(), null, ""));
  }

  private JobDetails job(JobId id) {
    return node.get(Jobs.class).find(id);
  }

  private FakeConnection connect() {
    FakeConnection agent = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        agent,
        new Hello(
            1, "1", "0.18.0", "web", "linux", "amd64", null, Conversation.FEATURES, "", List.of()));
    return agent;
  }

  private static List<CommandRun> sent(FakeConnection agent) {
    return agent.sent().stream()
        .filter(CommandRun.class::isInstance)
        .map(CommandRun.class::cast)
        .toList();
  }
}
