package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobQueue;
import org.resticmanager.job.JobReports;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.RepositoryStatistics;

/** Two hosts of one repository tell of its snapshots, each as far as it knows them. */
class ReportsOfManyHostsTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static TestContainer node;

  private RepositoryId repository;
  private HostId web;
  private HostId mail;

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
  void addHosts() {
    node.moveClock(NOON);
    repository = addRepository();
    web = addHost("web");
    mail = addHost("mail");
    UUID job = sent(web, NOON.minusSeconds(10));
    tell(web, whole(1, 2));
    end(job);
    assertThat(known()).containsExactly(1, 2);
  }

  private static String unique(String name) {
    return name + " " + Ids.next();
  }

  private static RepositoryId addRepository() {
    RepositoryId id =
        node.get(Repositories.class)
            .create(new NewRepository(unique("nas"), "/srv/nas", "secret", null, null))
            .id();
    node.get(Repositories.class).initialised(id);
    return id;
  }

  private HostId addHost(String name) {
    HostId host = node.get(Hosts.class).add(unique(name), name, "linux", "amd64").id();
    node.get(Repositories.class).connect(host, repository);
    return host;
  }

  @Test
  void whatWasAddedJoinsWhatWasKnownHoweverOftenItIsTold() {
    tell(mail, added(3));
    tell(mail, added(3));

    assertThat(known()).containsExactly(1, 2, 3);
  }

  @Test
  void theRepositoryCountsWhatIsKnown() {
    tell(mail, added(3));

    assertThat(statistics().snapshotCount()).isEqualTo(3);
    assertThat(statistics().totalSizeBytes()).isEqualTo(600);
    assertThat(statistics().measuredAt()).isEqualTo(NOON);
    assertThat(node.get(Repositories.class).history(repository, "", 10).items())
        .singleElement()
        .satisfies(today -> assertThat(today.snapshotCount()).isEqualTo(3));
  }

  @Test
  void aFullListRemovesWhatWasKnownBeforeItsJobBegan() {
    node.moveClock(NOON.plusSeconds(60));
    tell(mail, added(3));
    node.moveClock(NOON.plusSeconds(120));
    sent(web, NOON.plusSeconds(90));

    tell(web, whole(1));

    assertThat(known()).containsExactly(1);
    assertThat(statistics().snapshotCount()).isEqualTo(1);
  }

  @Test
  void aFullListDoesNotRemoveWhatAnotherHostHasAddedSinceItsJobBegan() {
    sent(web, NOON.plusSeconds(30));
    node.moveClock(NOON.plusSeconds(60));
    tell(mail, added(3));
    node.moveClock(NOON.plusSeconds(120));

    tell(web, whole(1));

    assertThat(known()).as("2 is gone, of 3 it could not know").containsExactly(1, 3);
    assertThat(statistics().snapshotCount()).isEqualTo(2);
  }

  @Test
  void norDoesOneInParts() {
    sent(web, NOON.plusSeconds(30));
    node.moveClock(NOON.plusSeconds(60));
    tell(mail, added(3));
    node.moveClock(NOON.plusSeconds(120));

    tell(web, part(1, 4));
    assertThat(known()).containsExactly(1, 2, 3);
    tell(web, part(2, 5));

    assertThat(known()).containsExactly(3, 4, 5);
    assertThat(statistics().snapshotCount()).isEqualTo(3);
  }

  @Test
  void theListOfAHostThatWasCutOffForDaysDoesNotRemoveWhatHasComeMeanwhile() {
    UUID job = sent(web, NOON.plusSeconds(30));
    node.moveClock(NOON.plus(Duration.ofDays(1)));
    node.database().execute("update job set status = 'failed', lost_at = now() where id = ?", job);
    tell(mail, added(3));
    node.moveClock(NOON.plus(Duration.ofDays(3)));
    sent(web, node.now());

    tell(web, whole(1, 2));

    assertThat(known()).containsExactly(1, 2, 3);
  }

  @Test
  void aFullListOutsideOfAnyJobCountsAsReadJustNow() {
    node.moveClock(NOON.plusSeconds(60));
    tell(mail, added(3));

    tell(web, whole(2));

    assertThat(known()).containsExactly(2);
  }

  @Test
  void aListThatIsToldAgainAfterADayNeitherRemovesNorBringsBackAnything() {
    UUID job = given(web, NOON.plusSeconds(30));
    begin(web, job);
    tell(web, whole(1, 2));
    finish(web, job);
    node.moveClock(NOON.plus(Duration.ofDays(1)));
    UUID forget = given(mail, node.now());
    tell(mail, whole(2, 3));
    end(forget);

    connect(web, job);
    begin(web, job);
    tell(web, whole(1, 2));
    finish(web, job);

    assertThat(known()).as("1 was forgotten meanwhile, 3 has come").containsExactly(2, 3);
  }

  @Test
  void norDoesOneOfWhichTheBeginningIsNotToldAgainRemoveAnything() {
    UUID job = given(web, NOON.plusSeconds(30));
    begin(web, job);
    tell(web, whole(1, 2));
    finish(web, job);
    node.moveClock(NOON.plus(Duration.ofDays(1)));
    tell(mail, added(3));

    connect(web, job);
    tell(web, whole(1, 2));

    assertThat(known()).containsExactly(1, 2, 3);
  }

  @Test
  void sizesThatAreToldAgainAreThoseOfBefore() {
    UUID job = given(web, NOON.plusSeconds(30));
    begin(web, job);
    measured(web, 100);
    finish(web, job);
    node.moveClock(NOON.plus(Duration.ofDays(1)));
    measured(mail, 300);

    connect(web, job);
    begin(web, job);
    measured(web, 100);
    assertThat(statistics().rawSizeBytes()).isEqualTo(300);

    finish(web, job);
    measured(web, 400);
    assertThat(statistics().rawSizeBytes()).as("of its next job").isEqualTo(400);
  }

  @Test
  void theFirstWordOfAJobThatWasTakenForLostCounts() {
    UUID job = given(web, NOON.plusSeconds(30));
    node.database().execute("update job set status = 'failed', lost_at = now() where id = ?", job);
    node.moveClock(NOON.plus(Duration.ofDays(3)));

    connect(web, job);
    begin(web, job);
    tell(web, added(3));
    measured(web, 300);

    assertThat(known()).containsExactly(1, 2, 3);
    assertThat(statistics().rawSizeBytes()).isEqualTo(300);
  }

  @Test
  void whatIsToldOfTheRepositoryOfBeforeIsNotTakenForThatOfNow() {
    UUID job = given(web, NOON.plusSeconds(30));
    node.database().execute("update job set status = 'failed', lost_at = now() where id = ?", job);
    RepositoryId other = addRepository();
    node.get(Repositories.class).connect(web, other);

    connect(web, job);
    begin(web, job);
    tell(web, whole(1, 2, 3));
    measured(web, 300);

    assertThat(node.get(Repositories.class).find(other).statistics())
        .isEqualTo(RepositoryStatistics.UNKNOWN);
  }

  /** Its agent comes back and still holds this job. */
  private void connect(HostId host, UUID job) {
    FakeConnection agent = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        agent,
        new Hello(
            1,
            "1",
            "0.18.0",
            "web",
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            "",
            List.of(new HeldJob(job.toString(), JobStatus.SUCCEEDED, 0))));
  }

  private void begin(HostId host, UUID job) {
    node.get(JobReports.class)
        .started(host, new JobStarted(job.toString(), JobKind.BACKUP, node.now()));
  }

  private void finish(HostId host, UUID job) {
    node.get(JobReports.class)
        .finished(
            host, new JobFinished(job.toString(), JobStatus.SUCCEEDED, 0, node.now(), null, ""));
  }

  private void measured(HostId host, long rawSizeBytes) {
    node.get(JobReports.class)
        .measured(host, new RepoStats(null, rawSizeBytes, null, null, null, "", null, null, null));
  }

  /** A backup to the repository, with the agent since then. */
  private UUID given(HostId host, Instant at) {
    UUID job =
        node.get(JobQueue.class).add(host, repository, JobKind.BACKUP, "", "test").id().value();
    node.database()
        .execute(
            "update job set status = 'running', dispatched_at = ? where id = ?",
            at.atOffset(ZoneOffset.UTC),
            job);
    return job;
  }

  /** A running job, with the agent since then. */
  private UUID sent(HostId host, Instant at) {
    UUID job = node.database().addJob(host.value());
    node.database()
        .execute("update job set dispatched_at = ? where id = ?", at.atOffset(ZoneOffset.UTC), job);
    return job;
  }

  private void end(UUID job) {
    node.database().execute("update job set status = 'succeeded', exit_code = 0 where id = ?", job);
  }

  private void tell(HostId host, SnapshotsReport report) {
    node.get(JobReports.class).snapshots(host, report);
  }

  private static SnapshotsReport whole(int... numbers) {
    return SnapshotsReport.whole(snapshots(numbers));
  }

  private static SnapshotsReport added(int... numbers) {
    return SnapshotsReport.added(snapshots(numbers));
  }

  private static SnapshotsReport part(int part, int... numbers) {
    return new SnapshotsReport(snapshots(numbers), part, 2);
  }

  private static List<Snapshot> snapshots(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(
            number ->
                new Snapshot(
                    Integer.toString(number),
                    "",
                    NOON.plusSeconds(number).atOffset(ZoneOffset.UTC),
                    "h",
                    List.of("/data"),
                    List.of("data"),
                    200,
                    1))
        .toList();
  }

  private List<Integer> known() {
    return node.database()
        .rows(
            "select id from snapshot where repository_id = ? order by id",
            row -> row.getInt(1),
            repository.value());
  }

  private RepositoryStatistics statistics() {
    return node.get(Repositories.class).find(repository).statistics();
  }
}
