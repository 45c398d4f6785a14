package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.RepositoryId;

/** With a real PostgreSQL. */
class LeaseStoreTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Duration EXPIRY = Duration.ofMinutes(15);
  private static final int HOSTS = 10;
  private static final int JOBS = 50;

  private final LeaseStore leases = new LeaseStore(DATABASE);
  private final RepositoryId repository = new RepositoryId(Ids.next());

  @BeforeEach
  void addRepository() {
    DATABASE.execute(
        "insert into repository (id, name, url, created_at) values (?, ?, '/x', now())",
        repository.value(),
        name());
  }

  private String name() {
    return "repository " + repository.value();
  }

  private static UUID addHost(String name) {
    UUID host = DATABASE.addHost(name + " " + Ids.next());
    DATABASE.execute("update host set last_seen_at = now() where id = ?", host);
    return host;
  }

  /** On a host of its own. */
  private JobId queue(JobKind kind) {
    return queue(kind, addHost("host"));
  }

  private JobId queue(JobKind kind, UUID host) {
    JobId id = new JobId(Ids.next());
    DATABASE.execute(
        "insert into job (id, host_id, repository_id, kind, status, queued_at, queued_by)"
            + " values (?, ?, ?, ?, 'queued', now(), 'test')",
        id.value(),
        host,
        repository.value(),
        kind.wireName());
    return id;
  }

  private static HostId hostOf(JobId job) {
    return new HostId((UUID) DATABASE.value("select host_id from job where id = ?", job.value()));
  }

  /** As dispatch does: whoever gets the lease is sent in the same transaction. */
  private Optional<LeaseStore.Rival> ask(JobId job, JobKind kind) {
    return DATABASE.inTransaction(
        () -> {
          Optional<LeaseStore.Rival> rival = leases.ask(job, repository, kind, EXPIRY);
          if (rival.isEmpty()) {
            send(job);
          }
          return rival;
        });
  }

  private static void send(JobId job) {
    try (var connection = DATABASE.connection();
        var update =
            connection.prepareStatement("update job set dispatched_at = now() where id = ?")) {
      update.setObject(1, job.value());
      update.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void end(JobId job) {
    DATABASE.execute("update job set status = 'succeeded' where id = ?", job.value());
  }

  private static void silent(JobId job, String since) {
    DATABASE.execute(
        "update host set last_seen_at = now() - cast(? as interval)"
            + " where id = (select host_id from job where id = ?)",
        since,
        job.value());
  }

  @Test
  void backupsShareAndAPruneWaitsForAllOfThem() {
    JobId one = queue(JobKind.BACKUP);
    JobId other = queue(JobKind.BACKUP);
    JobId prune = queue(JobKind.PRUNE);

    assertThat(ask(one, JobKind.BACKUP)).isEmpty();
    assertThat(ask(other, JobKind.BACKUP)).isEmpty();
    assertThat(ask(prune, JobKind.PRUNE)).isPresent();
    end(one);
    assertThat(ask(prune, JobKind.PRUNE)).isPresent();
    end(other);
    assertThat(ask(prune, JobKind.PRUNE)).isEmpty();
  }

  @Test
  void secondPruneWaitsForTheFirstAndSaysSo() {
    UUID host = addHost("nas");
    JobId first = queue(JobKind.PRUNE, host);
    JobId second = queue(JobKind.PRUNE);

    assertThat(ask(first, JobKind.PRUNE)).isEmpty();

    assertThat(ask(second, JobKind.PRUNE).orElseThrow().inWords())
        .isEqualTo("the prune of repository " + name());
    DATABASE.execute("update job set status = 'running' where id = ?", first.value());
    assertThat(ask(second, JobKind.PRUNE)).isPresent();
    end(first);
    assertThat(ask(second, JobKind.PRUNE)).isEmpty();
  }

  @Test
  void pruneAmongAStreamOfBackupsHasItsTurn() {
    JobId running = queue(JobKind.BACKUP);
    JobId prune = queue(JobKind.PRUNE);
    JobId late = queue(JobKind.BACKUP);
    assertThat(ask(running, JobKind.BACKUP)).isEmpty();
    assertThat(ask(prune, JobKind.PRUNE)).isPresent();

    LeaseStore.Rival rival = ask(late, JobKind.BACKUP).orElseThrow();

    assertThat(rival.kind()).isEqualTo(JobKind.PRUNE);
    assertThat(rival.inWords()).endsWith(", which came first");
    assertThat(leases.nextInLine(running))
        .as("the prune; the backup behind it would look in vain")
        .containsExactly(hostOf(prune));
    end(running);
    assertThat(ask(late, JobKind.BACKUP)).isPresent();
    assertThat(ask(prune, JobKind.PRUNE)).isEmpty();
    assertThat(ask(late, JobKind.BACKUP)).isPresent();
    end(prune);
    assertThat(ask(late, JobKind.BACKUP)).isEmpty();
  }

  @Test
  void whoDoesNotAskAgainLosesItsPlace() {
    JobId running = queue(JobKind.BACKUP);
    JobId prune = queue(JobKind.PRUNE);
    JobId late = queue(JobKind.BACKUP);
    ask(running, JobKind.BACKUP);
    ask(prune, JobKind.PRUNE);
    assertThat(ask(late, JobKind.BACKUP)).isPresent();

    DATABASE.execute(
        "update job set lease_asking_until = now() - interval '1 second' where id = ?",
        prune.value());

    assertThat(ask(late, JobKind.BACKUP)).isEmpty();
    assertThat(leases.nextInLine(running)).as("it has begun").isEmpty();
  }

  @Test
  void thoseWhoShareTheLeaseHaveTheirTurnTogether() {
    JobId running = queue(JobKind.PRUNE);
    ask(running, JobKind.PRUNE);
    JobId first = queue(JobKind.BACKUP);
    JobId second = queue(JobKind.BACKUP);
    JobId check = queue(JobKind.CHECK);
    JobId behind = queue(JobKind.BACKUP);
    for (JobId backup : List.of(first, second)) {
      assertThat(ask(backup, JobKind.BACKUP)).isPresent();
    }
    assertThat(ask(check, JobKind.CHECK)).isPresent();
    assertThat(ask(behind, JobKind.BACKUP)).isPresent();

    assertThat(leases.nextInLine(running)).containsExactly(hostOf(first), hostOf(second));
    assertThat(leases.nextInLine(first))
        .as("it waits itself, and does not wait for itself")
        .containsExactly(hostOf(second));
  }

  /** Who has asked a moment before the end was committed, and has not yet committed its place. */
  @Test
  void nobodyIsForgottenWhoAsksWhileAnotherEnds() throws Exception {
    JobId running = queue(JobKind.PRUNE);
    ask(running, JobKind.PRUNE);
    JobId asks = queue(JobKind.PRUNE);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ExecutorService others = Executors.newFixedThreadPool(2);
    try {
      Future<Optional<LeaseStore.Rival>> rival =
          others.submit(
              () ->
                  DATABASE.inTransaction(
                      () -> {
                        Optional<LeaseStore.Rival> inTheWay =
                            leases.ask(asks, repository, JobKind.PRUNE, EXPIRY);
                        told.countDown();
                        await(asked);
                        return inTheWay;
                      }));
      told.await();
      end(running);
      Future<Set<HostId>> next =
          others.submit(() -> DATABASE.inTransaction(() -> leases.nextInLine(running)));
      Awaitility.await()
          .until(
              () ->
                  DATABASE.value(
                      "select exists (select 1 from pg_locks where locktype = 'advisory'"
                          + " and not granted)"),
              Boolean.TRUE::equals);
      asked.countDown();

      assertThat(rival.get()).isPresent();
      assertThat(next.get()).containsExactly(hostOf(asks));
    } finally {
      asked.countDown();
      others.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoHasGoneAwayDoesNotSayForWhomItWaits() {
    JobId prune = queue(JobKind.PRUNE);
    JobId gone = queue(JobKind.BACKUP);
    JobId here = queue(JobKind.BACKUP);
    ask(prune, JobKind.PRUNE);
    for (JobId waiting : List.of(gone, here)) {
      ask(waiting, JobKind.BACKUP);
      DATABASE.execute("update job set waiting_for = 'x' where id = ?", waiting.value());
    }
    DATABASE.execute(
        "update job set lease_asking_until = now() - interval '1 second' where id = ?",
        gone.value());

    leases.forgetLostPlaces();

    assertThat(waitingFor(gone)).isNull();
    assertThat(waitingFor(here)).isEqualTo("x");
  }

  private static Object waitingFor(JobId job) {
    return DATABASE.value("select waiting_for from job where id = ?", job.value());
  }

  @Test
  void clockThatIsSetBackDoesNotMakePlacesLast() {
    JobId running = queue(JobKind.BACKUP);
    JobId prune = queue(JobKind.PRUNE);
    JobId late = queue(JobKind.BACKUP);
    ask(running, JobKind.BACKUP);
    ask(prune, JobKind.PRUNE);

    DATABASE.execute(
        "update job set lease_asking_until = lease_asking_until + interval '1 hour' where id = ?",
        prune.value());

    assertThat(ask(late, JobKind.BACKUP)).isEmpty();
  }

  @Test
  void leaseOfAHostThatIsNotHeardOfExpires() {
    JobId lost = queue(JobKind.PRUNE);
    JobId next = queue(JobKind.PRUNE);
    ask(lost, JobKind.PRUNE);

    silent(lost, "14 minutes");
    assertThat(ask(next, JobKind.PRUNE)).isPresent();
    silent(lost, "16 minutes");
    assertThat(ask(next, JobKind.PRUNE)).isEmpty();
  }

  @Test
  void unlockWaitsForNobodyAndIsInNobodysWay() {
    JobId prune = queue(JobKind.PRUNE);
    JobId unlock = queue(JobKind.UNLOCK);
    ask(prune, JobKind.PRUNE);

    assertThat(ask(unlock, JobKind.UNLOCK)).isEmpty();
    end(prune);
    assertThat(ask(queue(JobKind.CHECK), JobKind.CHECK)).isEmpty();
  }

  @Test
  void keyIsAddedBesideABackupAndRemovedOnlyAlone() {
    JobId backup = queue(JobKind.BACKUP);
    JobId add = queue(JobKind.KEY_ADD);
    JobId remove = queue(JobKind.KEY_REMOVE);
    ask(backup, JobKind.BACKUP);

    assertThat(ask(add, JobKind.KEY_ADD)).isEmpty();
    assertThat(ask(remove, JobKind.KEY_REMOVE)).isPresent();
    end(backup);
    assertThat(ask(remove, JobKind.KEY_REMOVE)).isPresent();
    end(add);
    assertThat(ask(remove, JobKind.KEY_REMOVE)).isEmpty();
  }

  @Test
  void ofTwoNodesThatAskAtOnceOneGetsTheLease() throws Exception {
    for (int round = 0; round < 20; round++) {
      JobId one = queue(JobKind.PRUNE);
      JobId other = queue(JobKind.PRUNE);

      List<Optional<LeaseStore.Rival>> answers =
          atOnce(List.of(() -> ask(one, JobKind.PRUNE), () -> ask(other, JobKind.PRUNE)));

      assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
      end(one);
      end(other);
    }
  }

  /** Hosts that all take their next job whenever they may. */
  @Test
  void fiftyJobsOverTenHostsNeverHaveMoreThanTheLeaseAllows() throws Exception {
    List<Callable<Void>> hosts = new ArrayList<>();
    for (int number = 0; number < HOSTS; number++) {
      UUID host = addHost("host " + number);
      List<JobId> jobs = new ArrayList<>();
      List<JobKind> kinds = new ArrayList<>();
      for (int i = 0; i < JOBS / HOSTS; i++) {
        kinds.add((number + i) % 3 == 0 ? JobKind.PRUNE : JobKind.BACKUP);
        jobs.add(queue(kinds.get(i), host));
      }
      hosts.add(() -> runAll(jobs, kinds));
    }

    atOnce(hosts);

    assertThat(
            DATABASE.value(
                "select count(*) from job where repository_id = ? and status = 'succeeded'",
                repository.value()))
        .isEqualTo((long) JOBS);
  }

  private Void runAll(List<JobId> jobs, List<JobKind> kinds) {
    for (int i = 0; i < jobs.size(); i++) {
      while (ask(jobs.get(i), kinds.get(i)).isPresent()) {
        Thread.onSpinWait();
      }
      assertNobodyIsHurt();
      end(jobs.get(i));
    }
    return null;
  }

  @Test
  void peopleSeeWhoHasTheLeaseAndWhoWaitsForItInTheirOrder() {
    JobId backup = queue(JobKind.BACKUP);
    JobId prune = queue(JobKind.PRUNE);
    JobId check = queue(JobKind.CHECK);
    queue(JobKind.TEST);
    ask(backup, JobKind.BACKUP);
    ask(prune, JobKind.PRUNE);
    ask(check, JobKind.CHECK);

    List<RepositoryUse> uses = leases.uses(repository, 10);
    assertThat(uses).extracting(RepositoryUse::job).containsExactly(backup, prune, check);
    assertThat(uses).extracting(RepositoryUse::holds).containsExactly(true, false, false);
    assertThat(uses).extracting(RepositoryUse::alone).containsExactly(false, true, true);
    assertThat(uses.get(0).hostName()).startsWith("host ");
    assertThat(uses).allMatch(use -> use.since() != null);

    end(backup);
    assertThat(leases.uses(repository, 1)).extracting(RepositoryUse::job).containsExactly(prune);
  }

  private void assertNobodyIsHurt() {
    assertThat(
            DATABASE.value(
                "select count(*) filter (where kind = 'prune') > 0 and count(*) > 1 from job"
                    + " where repository_id = ? and status = 'queued'"
                    + " and dispatched_at is not null",
                repository.value()))
        .as("a prune runs and something else as well")
        .isEqualTo(false);
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(work.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : nodes.invokeAll(work)) {
        results.add(future.get());
      }
      return results;
    } finally {
      nodes.shutdownNow();
    }
  }
}
