package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobQueue;
import org.resticmanager.platform.Ids;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Cron;

class MaintenanceStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant YESTERDAY = NOW.minusSeconds(86_400);
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final MaintenanceStore store = new MaintenanceStore(DATABASE);
  private RepositoryId repository;

  @BeforeEach
  void addRepository() {
    repository = addRepository(DATABASE);
    transaction(store::addMissing);
  }

  private static RepositoryId addRepository(TestDatabase database) {
    RepositoryId id = new RepositoryId(Ids.next());
    database.execute(
        "insert into repository (id, name, url, created_at) values (?, ?, '/srv/r', now())",
        id.value(),
        "repository " + id);
    return id;
  }

  private static <T> T transaction(Supplier<T> work) {
    return DATABASE.inTransaction(work);
  }

  private static void doing(Runnable work) {
    DATABASE.inTransaction(
        () -> {
          work.run();
          return null;
        });
  }

  private MaintenanceStore.Stored stored() {
    return transaction(() -> store.find(repository)).orElseThrow();
  }

  @Test
  void aRepositoryGetsTheUsualPlanOnce() {
    MaintenancePlan plan = stored().plan();

    assertThat(plan.moments().get(Operation.FORGET).cron().expression()).isEqualTo("0 3 * * *");
    assertThat(plan.moments().get(Operation.PRUNE).cron().expression()).isEqualTo("0 4 * * 0");
    assertThat(plan.moments().get(Operation.CHECK).cron().expression()).isEqualTo("0 5 1 * *");
    assertThat(plan.moments().values())
        .allMatch(moment -> moment.enabled() && moment.zone().equals(ZoneId.of("UTC")));
    assertThat(plan.checkPercent()).isEqualTo(5);
    assertThat(plan.forgetSharePercent()).isEqualTo(50);
    assertThat(transaction(store::addMissing)).isZero();
  }

  @Test
  void repositoriesOfBeforeGetTheirPlanWithTheMigration() {
    try (TestDatabase database = TestDatabase.create(MigrationVersion.fromVersion("9"))) {
      RepositoryId old = addRepository(database);
      database.migrate(MigrationVersion.LATEST);

      assertThat(database.inTransaction(() -> new MaintenanceStore(database).find(old)))
          .hasValueSatisfying(stored -> assertThat(stored.plan().moments()).hasSize(3));
    }
  }

  @Test
  void whatIsDueIsClaimedByOneNodeOnly() throws Exception {
    due(Operation.PRUNE, YESTERDAY);
    CountDownLatch claimed = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    var other = Executors.newSingleThreadExecutor();
    try {
      Future<Optional<Instant>> first =
          other.submit(
              () ->
                  transaction(
                      () -> {
                        Optional<Instant> at = store.claim(repository, Operation.PRUNE, NOW);
                        claimed.countDown();
                        await(looked);
                        store.next(repository, Operation.PRUNE, NOW.plusSeconds(60));
                        return at;
                      }));
      await(claimed);

      assertThat(transaction(() -> store.claim(repository, Operation.PRUNE, NOW))).isEmpty();
      looked.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).hasValue(YESTERDAY);
      assertThat(transaction(() -> store.claim(repository, Operation.PRUNE, NOW))).isEmpty();
    } finally {
      looked.countDown();
      other.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneMomentFiresOnce() {
    var due = new MaintenanceStore.Due(repository, Operation.FORGET, YESTERDAY);

    assertThat(transaction(() -> store.fire(due, NOW))).isTrue();
    assertThat(transaction(() -> store.fire(due, NOW))).isFalse();
  }

  @Test
  void whatIsNotEnabledIsNeverDue() {
    due(Operation.CHECK, YESTERDAY);
    Moment moment = new Moment(new Cron("0 5 1 * *"), ZoneId.of("Europe/Berlin"), false);

    doing(() -> store.update(repository, Operation.CHECK, moment, Optional.empty()));

    assertThat(stored().plan().moments()).containsEntry(Operation.CHECK, moment);
    assertThat(stored().next()).doesNotContainKey(Operation.CHECK);
    assertThat(transaction(() -> store.due(NOW)))
        .extracting(MaintenanceStore.Due::repository)
        .doesNotContain(repository);
  }

  @Test
  void checksReadEveryPartOfTheDataInTurn() {
    percent(50);
    JobId first = check(1, 2);
    doing(() -> store.partRead(first, first));
    assertThat(stored().checkPart()).isEqualTo(2);

    doing(() -> store.partRead(first, first));
    assertThat(stored().checkPart()).as("told twice of one check").isEqualTo(2);

    JobId second = check(2, 2);
    doing(() -> store.partRead(second, second));
    assertThat(stored().checkPart()).isEqualTo(1);
  }

  @Test
  void aCheckOfAnotherCutDoesNotMoveOn() {
    percent(50);
    JobId cutInTwo = check(1, 2);
    percent(25);

    doing(() -> store.partRead(cutInTwo, cutInTwo));

    assertThat(stored().checkPart()).isEqualTo(1);
  }

  @Test
  void anotherShareOfTheDataBeginsWithTheFirstPart() {
    percent(10);
    JobId first = check(1, 10);
    doing(() -> store.partRead(first, first));
    assertThat(stored().checkPart()).isEqualTo(2);

    percent(10);
    assertThat(stored().checkPart()).isEqualTo(2);
    percent(20);
    assertThat(stored().checkPart()).isEqualTo(1);
    percent(0);
    assertThat(stored().plan().checkParts()).isZero();
    doing(() -> store.partRead(first, first));
  }

  @Test
  void dataCountsAsReadByTheNewestCheckOfItsPartThatSucceeded() {
    assertThat(transaction(() -> store.coverage(repository, 4)))
        .isEqualTo(new CheckCoverage(4, 0, Optional.empty()));

    ended(check(1, 4), "succeeded", NOW.minusSeconds(90));
    ended(check(2, 4), "succeeded", NOW.minusSeconds(60));
    ended(check(1, 4), "succeeded", NOW.minusSeconds(30));
    ended(check(3, 4), "failed", NOW);
    ended(check(4, 5), "succeeded", NOW);

    CheckCoverage coverage = transaction(() -> store.coverage(repository, 4));
    assertThat(coverage).isEqualTo(new CheckCoverage(4, 2, Optional.of(NOW.minusSeconds(60))));
    assertThat(coverage.percent()).isEqualTo(50);
    assertThat(coverage.whole()).isFalse();
  }

  private static void ended(JobId job, String status, Instant at) {
    DATABASE.execute(
        "update job set status = ?, finished_at = ? where id = ?",
        status,
        at.atOffset(ZoneOffset.UTC),
        job.value());
  }

  @Test
  void whatWaitsForAHostThatIsAwayIsStranded() {
    JobId waits = waiting("check", Maintenance.ACTOR, NOW.minusSeconds(3600));
    JobId running = waiting("prune", Maintenance.ACTOR, NOW.minusSeconds(3600));
    DATABASE.execute("update job set status = 'running' where id = ?", running.value());
    waiting("check", Maintenance.ACTOR, NOW);
    waiting("check", "admin", NOW.minusSeconds(3600));
    waiting("forget", Maintenance.ACTOR, NOW.minusSeconds(3600));

    assertThat(transaction(() -> store.stranded(NOW.minusSeconds(900))))
        .filteredOn(stranded -> stranded.repository().equals(repository))
        .containsExactly(new MaintenanceStore.Stranded(repository, Operation.CHECK, waits));
  }

  @Test
  void whatIsTakenBackIsDueAgainForWhoeverCanDoIt() {
    JobId waits = waiting("check", Maintenance.ACTOR, NOW.minusSeconds(3600));
    doing(() -> store.next(repository, Operation.CHECK, NOW.plusSeconds(86_400)));

    doing(() -> takingBack(true, waits).takeBackStranded());

    assertThat(stored().next().get(Operation.CHECK)).isEqualTo(NOW);
  }

  @Test
  void whatCannotBeTakenBackIsNotDueTwice() {
    JobId waits = waiting("check", Maintenance.ACTOR, NOW.minusSeconds(3600));
    doing(() -> store.next(repository, Operation.CHECK, NOW.plusSeconds(86_400)));

    doing(() -> takingBack(false, waits).takeBackStranded());

    assertThat(stored().next().get(Operation.CHECK)).isEqualTo(NOW.plusSeconds(86_400));
  }

  /** A quarter of an hour is what a host gets to come back. */
  @Test
  void whatItsHostMayBeginSoonIsLeftToIt() {
    waiting("check", Maintenance.ACTOR, NOW.minusSeconds(899));
    doing(() -> store.next(repository, Operation.CHECK, NOW.plusSeconds(86_400)));
    Maintenance maintenance = new Maintenance();
    maintenance.store = store;
    maintenance.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    maintenance.jobs =
        new JobQueue() {

          @Override
          public boolean withdraw(JobId id) {
            // others of this database may be stranded
            assertThat(hostSeen(id)).isNotEqualTo(NOW.minusSeconds(899));
            return false;
          }
        };

    doing(maintenance::takeBackStranded);

    assertThat(stored().next().get(Operation.CHECK)).isEqualTo(NOW.plusSeconds(86_400));
  }

  private static Instant hostSeen(JobId job) {
    return ((java.sql.Timestamp)
            DATABASE.value(
                "select h.last_seen_at from host h join job j on j.host_id = h.id where j.id = ?",
                job.value()))
        .toInstant();
  }

  private Maintenance takingBack(boolean withdrawn, JobId meant) {
    Maintenance maintenance = new Maintenance();
    maintenance.store = store;
    maintenance.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    maintenance.jobs =
        new JobQueue() {

          @Override
          public boolean withdraw(JobId id) {
            return withdrawn && id.equals(meant);
          }
        };
    return maintenance;
  }

  /** Queued an hour ago, for a host that was heard of then. */
  private JobId waiting(String kind, String actor, Instant lastSeen) {
    JobId job = job(kind);
    doing(() -> store.add(job, Optional.empty(), 1, 20));
    DATABASE.execute(
        "update job set status = 'queued', queued_by = ?, queued_at = cast(? as timestamptz)"
            + " where id = ?",
        actor,
        NOW.minusSeconds(3600).toString(),
        job.value());
    DATABASE.execute(
        "update host set last_seen_at = cast(? as timestamptz)"
            + " where id = (select host_id from job where id = ?)",
        lastSeen.toString(),
        job.value());
    return job;
  }

  @Test
  void whatAnOperatorConfirmedStaysWithTheJob() {
    JobId confirmed = job("forget");
    JobId plain = job("forget");
    doing(() -> store.add(confirmed, Optional.of("abc"), 1, 0));
    doing(() -> store.refused(plain));

    assertThat(transaction(() -> store.confirmed(confirmed))).hasValue("abc");
    assertThat(transaction(() -> store.confirmed(plain))).isEmpty();
    assertThat(transaction(() -> store.wasRefused(plain))).isTrue();
    assertThat(transaction(() -> store.wasRefused(confirmed))).isFalse();
  }

  private void due(Operation operation, Instant at) {
    doing(() -> store.next(repository, operation, at));
    assertThat(transaction(() -> store.due(NOW)))
        .contains(new MaintenanceStore.Due(repository, operation, at));
  }

  private void percent(int percent) {
    MaintenancePlan plan = stored().plan();
    doing(() -> store.update(repository, new MaintenancePlan(plan.moments(), percent, 50, 3)));
  }

  private JobId check(int part, int parts) {
    JobId job = job("check");
    doing(() -> store.add(job, Optional.empty(), part, parts));
    return job;
  }

  private JobId job(String kind) {
    UUID host = DATABASE.addHost("host " + Ids.next());
    JobId id = new JobId(Ids.next());
    DATABASE.execute(
        "insert into job (id, host_id, repository_id, kind, status, queued_at, queued_by)"
            + " values (?, ?, ?, ?, 'succeeded', now(), 'test')",
        id.value(),
        host,
        repository.value(),
        kind);
    return id;
  }
}
