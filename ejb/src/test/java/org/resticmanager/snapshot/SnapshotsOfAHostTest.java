package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;

/** Which of a repository's snapshots are a host's. */
class SnapshotsOfAHostTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private TestContainer node;
  private RepositoryId repository;

  @BeforeEach
  void addRepository() {
    node = new TestContainer(NOON);
    repository = addRepository("nas");
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void thoseUnderItsNameAndUnderThatOfItsMachine() {
    HostId database = addHost("database", "db.example", repository).id();
    tell(database, "database", "db.example", "another");

    assertThat(snapshotsOf(database)).containsExactlyInAnyOrder("database", "db.example");
  }

  @Test
  void twoMachinesThatCallThemselvesAlikeHaveTheirOwn() {
    HostDetails first = addHost("web", "web", repository);
    HostDetails second = addHost("web", "web", repository);
    assertThat(second.name()).isEqualTo("web-2");
    tell(first.id(), "web", "web-2");

    assertThat(snapshotsOf(first.id())).containsExactly("web");
    assertThat(snapshotsOf(second.id())).containsExactly("web-2");
  }

  @Test
  void aHostOfAnotherRepositoryTakesAwayNothing() {
    addHost("web", "web", addRepository("another"));
    HostId second = addHost("web", "web", repository).id();
    tell(second, "web", "web-2");

    assertThat(snapshotsOf(second)).containsExactlyInAnyOrder("web", "web-2");
  }

  private RepositoryId addRepository(String name) {
    return node.get(Repositories.class)
        .create(new NewRepository(name, "/srv/" + name, "secret", null, null))
        .id();
  }

  private HostDetails addHost(String name, String hostname, RepositoryId connected) {
    HostDetails host = node.get(Hosts.class).add(name, hostname, "linux", "amd64");
    node.get(Repositories.class).connect(host.id(), connected);
    return host;
  }

  /** One snapshot under each of these names. */
  private void tell(HostId host, String... hostnames) {
    node.get(JobReports.class)
        .snapshots(
            host,
            SnapshotsReport.whole(
                Stream.of(hostnames).map(SnapshotsOfAHostTest::snapshotOf).toList()));
  }

  private static Snapshot snapshotOf(String hostname) {
    return new Snapshot(
        "of " + hostname,
        "",
        NOON.atOffset(ZoneOffset.UTC),
        hostname,
        List.of("/data"),
        List.of("data"),
        200,
        1);
  }

  private List<String> snapshotsOf(HostId host) {
    return node.get(Snapshots.class).of(host, "", 10).items().stream()
        .map(SnapshotDetails::hostname)
        .toList();
  }
}
