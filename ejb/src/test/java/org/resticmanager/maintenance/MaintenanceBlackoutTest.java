package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.DispatchSweep;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobReports;
import org.resticmanager.maintenance.MaintenanceState.OperationState;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.CredentialEdit;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;
import org.resticmanager.source.BlackoutWindows;
import org.resticmanager.source.Blackouts;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Plans;
import org.resticmanager.source.SourceGroups;

/** Maintenance that is due while its hosts are to be left alone, from 02:00 to 06:00 UTC. */
class MaintenanceBlackoutTest {

  private static final Instant EVENING = Instant.parse("2026-03-01T20:00:00Z");
  private static final Instant DUE = Instant.parse("2026-03-02T03:30:00Z");
  private static final Instant END = Instant.parse("2026-03-02T06:00:00Z");

  private TestContainer node;
  private RepositoryId repository;
  private FakeConnection quiet;

  @BeforeEach
  void addRepositoryAndHost() {
    node = new TestContainer(EVENING);
    Repositories repositories = node.get(Repositories.class);
    repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    repositories.putCredentials(
        repository, Slot.ADMIN, new CredentialEdit(null, null, null, null, null));
    quiet = connect(addHost("quiet"));
    leaveAlone(quiet.hostId());
    plan();
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void waitsForTheEndOfTheWindowIfNoOtherHostCanDoIt() {
    at(DUE);

    assertThat(sent(quiet)).isEmpty();
    assertThat(state(Operation.PRUNE).blocked()).hasValue(Obstacle.BLACKOUT_WINDOW);
    assertThat(state(Operation.CHECK).blocked()).hasValue(Obstacle.BLACKOUT_WINDOW);

    at(END);

    assertThat(sent(quiet)).hasSize(1);
    assertThat(state(Operation.PRUNE).blocked()).isEmpty();
    assertThat(state(Operation.PRUNE).jobs()).hasSize(1);
    assertThat(state(Operation.CHECK).jobs()).hasSize(1);
  }

  @Test
  void goesToAnotherHostThatHasNoWindow() {
    FakeConnection other = connect(addHost("other"));

    at(DUE);

    assertThat(state(Operation.PRUNE).jobs())
        .extracting(JobDetails::host)
        .containsExactly(other.hostId());
    assertThat(state(Operation.CHECK).jobs())
        .extracting(JobDetails::host)
        .containsExactly(other.hostId());
    assertThat(sent(quiet)).isEmpty();
    assertThat(sent(other)).hasSize(1);
  }

  @Test
  void doesNotWaitForAWindowThatIsOver() {
    node.get(Blackouts.class).put(quiet.hostId(), BlackoutWindows.NONE);

    at(DUE);

    assertThat(sent(quiet)).hasSize(1);
  }

  @Test
  void aHostThatIsAwayDoesNotCountAsOneToBeLeftAlone() {
    node.get(Connections.class).closed(quiet);

    at(DUE);

    assertThat(state(Operation.PRUNE).blocked()).hasValue(Obstacle.NO_HOST_ONLINE);
  }

  @Test
  void aForgetIsQueuedForTheEndOfTheWindowAndSaysSo() {
    hasSnapshots(quiet.hostId(), "quiet");
    only(Operation.FORGET);

    at(DUE);

    assertThat(forget().notBefore()).isEqualTo(END);
    assertThat(forget().waitingFor()).isEqualTo("the end of a blackout window of its host");
    assertThat(sent(quiet)).isEmpty();

    at(END);

    assertThat(sent(quiet)).extracting(CommandRun::kind).containsExactly(JobKind.FORGET);
    assertThat(forget().waitingFor()).isNull();
  }

  @Test
  void aPersonWhoWantsTheForgetNowNeedNotWait() {
    hasSnapshots(quiet.hostId(), "quiet");
    only(Operation.FORGET);
    at(DUE);
    JobDetails waiting = forget();

    List<JobDetails> now =
        node.get(Maintenance.class).runNow(repository, Operation.FORGET, Optional.empty());

    assertThat(now).extracting(JobDetails::id).containsExactly(waiting.id());
    assertThat(sent(quiet)).extracting(CommandRun::jobId).containsExactly(waiting.id().toString());
  }

  @Test
  void aPersonsConfirmationHoldsForTheForgetThatWaits() {
    manySnapshots(quiet.hostId(), "quiet");
    only(Operation.FORGET);
    at(DUE);
    String policies = node.get(Maintenance.class).find(repository).policyVersion();

    node.get(Maintenance.class).runNow(repository, Operation.FORGET, Optional.of(policies));

    assertThat(sent(quiet)).extracting(CommandRun::kind).containsExactly(JobKind.FORGET);
  }

  @Test
  void aPersonCanHaveAPruneDoneInsideTheWindow() {
    only(Operation.PRUNE);
    at(DUE);

    node.get(Maintenance.class).runNow(repository, Operation.PRUNE, Optional.empty());

    assertThat(sent(quiet)).extracting(CommandRun::kind).containsExactly(JobKind.PRUNE);
  }

  private HostId addHost(String name) {
    HostDetails host = node.get(Hosts.class).add(name, name, "linux", "amd64");
    node.get(Repositories.class).connect(host.id(), repository);
    return host.id();
  }

  private FakeConnection connect(HostId host) {
    FakeConnection connection = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        connection,
        new Hello(
            1,
            "1",
            "0.18.0",
            host.toString(),
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            "UTC",
            List.of()));
    return connection;
  }

  private void leaveAlone(HostId host) {
    node.get(Blackouts.class)
        .put(
            host,
            BlackoutWindows.of(
                "UTC",
                List.of(
                    new BlackoutWindows.Window(
                        EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0), LocalTime.of(6, 0)))));
  }

  /** Everything at 03:00. */
  private void plan() {
    Moment atThree = new Moment(new Cron("0 3 * * *"), ZoneId.of("UTC"), true);
    node.get(Maintenance.class)
        .edit(
            repository,
            state ->
                new MaintenancePlan(
                    Map.of(
                        Operation.FORGET,
                        atThree,
                        Operation.PRUNE,
                        atThree,
                        Operation.CHECK,
                        atThree),
                    5,
                    50,
                    3));
  }

  private void only(Operation wanted) {
    node.get(Maintenance.class)
        .edit(
            repository,
            state -> {
              MaintenancePlan plan = state.plan();
              for (Operation operation : List.of(Operation.PRUNE, Operation.CHECK)) {
                Moment moment = plan.moments().get(operation);
                plan =
                    plan.with(
                        operation, new Moment(moment.cron(), moment.zone(), operation == wanted));
              }
              return plan;
            });
  }

  private void at(Instant moment) {
    node.moveClock(moment);
    node.get(Connections.class)
        .hosts()
        .forEach(host -> node.get(Hosts.class).heardOf(Map.of(host, moment)));
    node.tick(MaintenanceSweep.class);
    node.tick(DispatchSweep.class);
  }

  private OperationState state(Operation operation) {
    return node.get(Maintenance.class).find(repository).of(operation);
  }

  private JobDetails forget() {
    return state(Operation.FORGET).jobs().get(0);
  }

  private static List<CommandRun> sent(FakeConnection connection) {
    return connection.sent().stream()
        .filter(CommandRun.class::isInstance)
        .map(CommandRun.class::cast)
        .toList();
  }

  private void hasSnapshots(HostId host, String name) {
    snapshots(host, name, 3);
  }

  /** Of which the guard would not let go. */
  private void manySnapshots(HostId host, String name) {
    snapshots(host, name, 20);
  }

  private void snapshots(HostId host, String name, int count) {
    node.get(SourceGroups.class)
        .put(host, "data", Plans.of("/data", Plans.newest(2)), before -> {});
    node.get(JobReports.class)
        .snapshots(
            host,
            SnapshotsReport.whole(
                IntStream.range(0, count)
                    .mapToObj(
                        day ->
                            new Snapshot(
                                String.format("%064d", day),
                                "",
                                OffsetDateTime.ofInstant(EVENING, ZoneOffset.UTC).minusDays(day),
                                name,
                                List.of("/data"),
                                List.of("data"),
                                1,
                                1))
                    .toList()));
  }
}
