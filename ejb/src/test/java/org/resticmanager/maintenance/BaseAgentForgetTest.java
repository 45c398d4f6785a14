package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Plans;
import org.resticmanager.source.SourceGroups;

/** Retention on a host whose agent knows only the base protocol. */
class BaseAgentForgetTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final List<Snapshot> snapshots = new ArrayList<>();
  private TestContainer node;
  private RepositoryId repository;
  private HostId host;

  @BeforeEach
  void addHostWithTwoSourceGroups() {
    node = new TestContainer(NOW);
    Repositories repositories = node.get(Repositories.class);
    repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    host = node.get(Hosts.class).add("plain", "plain", "linux", "amd64").id();
    repositories.connect(host, repository);
    keepTwo("data");
    keepTwo("system");
    has(3, "plain", "data");
    has(3, "plain", "system");
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void itGetsOneJobForEachSourceGroup() {
    FakeConnection agent = connect();

    forget(Optional.empty());

    assertThat(sent(agent)).hasSize(1);
    assertThat(sent(agent).get(0).requires()).isEmpty();
    assertThat(sent(agent).get(0).tag()).isEqualTo("data");
    assertThat(sent(agent).get(0).retentionPolicy().keepLast()).isEqualTo(2);

    succeed(sent(agent).get(0));

    assertThat(sent(agent)).extracting(CommandRun::tag).containsExactly("data", "system");

    succeed(sent(agent).get(1));

    assertThat(sent(agent)).hasSize(2);
    assertThat(newest())
        .allMatch(job -> job.status() == JobStatus.SUCCEEDED)
        .extracting(JobDetails::sourceGroup)
        .containsExactlyInAnyOrder("data", "system");
  }

  @Test
  void aSourceGroupWithoutSnapshotsGetsNone() {
    snapshots.removeIf(snapshot -> snapshot.tags().contains("data"));
    FakeConnection agent = connect();

    forget(Optional.empty());
    succeed(sent(agent).get(0));

    assertThat(sent(agent)).extracting(CommandRun::tag).containsExactly("system");
  }

  @Test
  void nothingIsForgottenWhereOthersHaveTheTagToo() {
    has(1, "other", "system");
    FakeConnection agent = connect();

    forget(Optional.empty());

    assertThat(sent(agent)).isEmpty();
    assertThat(newest())
        .singleElement()
        .satisfies(job -> assertThat(job.error()).contains("tag system", "update the agent"));
    assertThat(node.get(Maintenance.class).find(repository).of(Operation.FORGET).refused())
        .as("what a person could confirm")
        .isEmpty();
  }

  @Test
  void whatAnOperatorConfirmsHoldsForEverySourceGroup() {
    has(20, "plain", "data");
    has(20, "plain", "system");
    FakeConnection agent = connect();
    forget(Optional.empty());
    assertThat(sent(agent)).isEmpty();

    forget(Optional.of(node.get(Maintenance.class).find(repository).policyVersion()));
    succeed(sent(agent).get(0));

    assertThat(sent(agent)).extracting(CommandRun::tag).containsExactly("data", "system");
  }

  private void keepTwo(String group) {
    node.get(SourceGroups.class)
        .put(host, group, Plans.of("/" + group, Plans.newest(2)), before -> {});
  }

  private void has(int count, String hostname, String tag) {
    for (int i = 0; i < count; i++) {
      snapshots.add(
          new Snapshot(
              String.format("%064d", snapshots.size()),
              "",
              OffsetDateTime.ofInstant(NOW, ZoneOffset.UTC).minusHours(snapshots.size()),
              hostname,
              List.of("/" + tag),
              List.of(tag),
              1,
              1));
    }
  }

  private FakeConnection connect() {
    node.get(JobReports.class).snapshots(host, SnapshotsReport.whole(snapshots));
    FakeConnection agent = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        agent,
        new Hello(1, "1", "0.18.0", "plain", "linux", "amd64", null, List.of(), "", List.of()));
    return agent;
  }

  private void forget(Optional<String> confirmed) {
    node.get(Maintenance.class).runNow(repository, Operation.FORGET, confirmed);
  }

  private void succeed(CommandRun command) {
    JobReports reports = node.get(JobReports.class);
    reports.started(host, new JobStarted(command.jobId(), JobKind.FORGET, NOW));
    reports.finished(host, new JobFinished(command.jobId(), JobStatus.SUCCEEDED, 0, NOW, null, ""));
  }

  private List<JobDetails> newest() {
    return node.get(Maintenance.class).find(repository).of(Operation.FORGET).jobs();
  }

  private static List<CommandRun> sent(FakeConnection agent) {
    return agent.sent().stream()
        .filter(CommandRun.class::isInstance)
        .map(CommandRun.class::cast)
        .toList();
  }
}
