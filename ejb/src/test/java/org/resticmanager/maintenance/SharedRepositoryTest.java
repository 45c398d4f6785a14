package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;
import org.resticmanager.job.DispatchSweep;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobFilter;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.JobSearch;
import org.resticmanager.job.Jobs;
import org.resticmanager.protocol.wire.Hello;
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

/** A repository of two hosts, for somebody who sees one of them. */
class SharedRepositoryTest {

  private static final Instant EVENING = Instant.parse("2026-03-01T20:00:00Z");
  private static final Instant DUE = Instant.parse("2026-03-02T03:30:00Z");
  private static final Sight LIMITED = Sight.within(new Tags(List.of("seen")));

  private TestContainer node;
  private RepositoryId repository;
  private HostId seen;
  private HostId hidden;

  @BeforeEach
  void twoHosts() {
    node = new TestContainer(EVENING);
    Repositories repositories = node.get(Repositories.class);
    repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    repositories.putCredentials(
        repository, Slot.ADMIN, new CredentialEdit(null, null, null, null, null));
    seen = addHost("seen");
    hidden = addHost("hidden");
    node.get(HostTags.class).put(seen, new Tags(List.of("seen")), before -> {});
    node.tick(MaintenanceSweep.class);
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void aForgetOfAHostThatIsNotSeenIsNotInTheWay() {
    hasSnapshots(hidden, "hidden");

    MaintenanceState state = maintenance();

    assertThat(state.of(Operation.FORGET).blocked()).isEmpty();
    assertThat(state).isEqualTo(node.get(Maintenance.class).find(repository));
  }

  @Test
  void whatWaitsForAHostThatIsNotSeenSaysForWhat() {
    connect(hidden);
    leaveAlone(hidden);
    planPruneAtThree();
    node.moveClock(DUE);
    node.get(Hosts.class).heardOf(Map.of(hidden, DUE));
    node.tick(MaintenanceSweep.class);

    assertThat(maintenance().of(Operation.PRUNE).blocked()).hasValue(Obstacle.BLACKOUT_WINDOW);
  }

  @Test
  void onlyJobsOfSeenHostsAreNamed() {
    hasSnapshots(hidden, "hidden");
    hasSnapshots(seen, "seen");
    node.moveClock(DUE);
    node.tick(MaintenanceSweep.class);

    assertThat(node.get(Maintenance.class).find(repository).of(Operation.FORGET).jobs()).hasSize(2);
    assertThat(maintenance().of(Operation.FORGET).jobs())
        .extracting(JobDetails::host)
        .containsExactly(seen);
  }

  @Test
  void whatAJobWaitsForIsSaidWithoutTheHostToWhoDoesNotSeeAllHosts() {
    connect(hidden);
    node.get(Maintenance.class).runNow(repository, Operation.PRUNE, Optional.empty());
    node.tick(DispatchSweep.class);
    connect(seen);
    node.get(SourceGroups.class)
        .put(seen, "data", Plans.of("/data", Plans.newest(2)), before -> {});
    JobId waiting = node.get(Jobs.class).runNow(seen, "data", false, Optional.empty()).id();
    node.tick(DispatchSweep.class);

    assertThat(waitingFor(waiting))
        .containsOnly("the prune of repository nas on host hidden")
        .hasSize(4);
    assertThat(node.seeing(LIMITED, () -> waitingFor(waiting)))
        .containsOnly("the prune of repository nas")
        .hasSize(4);
  }

  /** Everywhere where it is said. */
  private List<String> waitingFor(JobId job) {
    Jobs jobs = node.get(Jobs.class);
    return Stream.of(
            Stream.of(jobs.find(job)),
            jobs.of(seen, "", 10).items().stream(),
            jobs.attempts(job, "", 10).items().stream(),
            node
                .get(JobSearch.class)
                .list(JobFilter.parse(seen.toString(), null, null, null, null), "", 10)
                .items()
                .stream())
        .flatMap(Function.identity())
        .map(JobDetails::waitingFor)
        .toList();
  }

  private MaintenanceState maintenance() {
    return node.seeing(LIMITED, () -> node.get(Maintenance.class).find(repository));
  }

  private HostId addHost(String name) {
    HostDetails host = node.get(Hosts.class).add(name, name, "linux", "amd64");
    node.get(Repositories.class).connect(host.id(), repository);
    return host.id();
  }

  private void connect(HostId host) {
    node.connect(
        new FakeConnection(host, Clock.systemUTC()),
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

  private void planPruneAtThree() {
    node.get(Maintenance.class)
        .edit(
            repository,
            state ->
                state
                    .plan()
                    .with(
                        Operation.PRUNE,
                        new Moment(new Cron("0 3 * * *"), ZoneId.of("UTC"), true)));
  }

  private void hasSnapshots(HostId host, String name) {
    node.get(SourceGroups.class)
        .put(host, "data", Plans.of("/data", Plans.newest(2)), before -> {});
    node.get(JobReports.class)
        .snapshots(
            host,
            SnapshotsReport.added(
                List.of(
                    new Snapshot(
                        name,
                        "",
                        EVENING.atOffset(ZoneOffset.UTC),
                        name,
                        List.of("/data"),
                        List.of("data"),
                        1,
                        1))));
  }
}
