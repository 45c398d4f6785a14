package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.RepositoryId;

/** With a real PostgreSQL. */
class WaitingJobStoreTest {

  private static final Duration EXPIRY = Duration.ofMinutes(15);
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final WaitingJobStore waiting = new WaitingJobStore(DATABASE);
  private final LeaseStore leases = new LeaseStore(DATABASE);
  private final RepositoryId repository = new RepositoryId(Ids.next());

  @BeforeEach
  void emptyQueue() {
    DATABASE.execute("delete from job");
    DATABASE.execute(
        "insert into repository (id, name, url, created_at) values (?, ?, '/x', now())",
        repository.value(),
        "repository " + repository.value());
  }

  private static HostId addHost() {
    HostId host = new HostId(DATABASE.addHost("host " + Ids.next()));
    DATABASE.execute("update host set last_seen_at = now() where id = ?", host.value());
    return host;
  }

  private JobId queue(HostId host, JobKind kind) {
    JobId id = new JobId(Ids.next());
    DATABASE.execute(
        "insert into job (id, host_id, repository_id, kind, status, queued_at, queued_by)"
            + " values (?, ?, ?, ?, 'queued', now(), 'test')",
        id.value(),
        host.value(),
        repository.value(),
        kind.wireName());
    return id;
  }

  private void ask(JobId job, JobKind kind) {
    DATABASE.inTransaction(() -> leases.ask(job, repository, kind, Duration.ofMinutes(15)));
  }

  private static void set(JobId job, String columns) {
    DATABASE.execute("update job set " + columns + " where id = ?", job.value());
  }

  private Set<HostId> hosts() {
    return hosts(false);
  }

  private Set<HostId> hosts(boolean behindToo) {
    return waiting.hostsToLookAt(Instant.now(), EXPIRY, behindToo);
  }

  private static Object place(JobId job, String left) {
    return DATABASE.value(
        "select lease_asking_until > clock_timestamp() + cast(? as interval) from job where id = ?",
        left,
        job.value());
  }

  @Test
  void hostForWhichNothingWaitsIsNotLookedAt() {
    HostId idle = addHost();
    HostId waits = addHost();
    queue(waits, JobKind.BACKUP);
    HostId ended = addHost();
    set(queue(ended, JobKind.BACKUP), "status = 'failed'");

    assertThat(hosts()).containsExactly(waits).doesNotContain(idle);
  }

  @Test
  void hostOnWhichAJobRunsIsLookedAtWhenThatHasEnded() {
    HostId host = addHost();
    JobId running = queue(host, JobKind.BACKUP);
    set(running, "status = 'running'");
    queue(host, JobKind.CHECK);

    assertThat(hosts()).isEmpty();
    set(running, "status = 'succeeded'");
    assertThat(hosts()).containsExactly(host);
  }

  @Test
  void jobIsLookedAtWhenItsPauseIsOver() {
    HostId host = addHost();
    JobId job = queue(host, JobKind.BACKUP);
    set(job, "not_before = now() + interval '1 minute'");

    assertThat(hosts()).isEmpty();
    assertThat(waiting.hostsToLookAt(Instant.now().plusSeconds(61), EXPIRY, false))
        .containsExactly(host);
  }

  @Test
  void agentThatDoesNotReplyIsLookedAt() {
    HostId host = addHost();
    JobId job = queue(host, JobKind.BACKUP);
    set(job, "dispatched_at = now()");

    assertThat(hosts()).containsExactly(host);
    set(job, "accepted_at = now()");
    assertThat(hosts()).isEmpty();
  }

  @Test
  void onlyThoseWhoseTurnItIsAreLookedAtAmongThoseInLine() {
    JobId running = queue(addHost(), JobKind.PRUNE);
    set(running, "status = 'running', dispatched_at = now()");
    HostId first = addHost();
    HostId second = addHost();
    HostId check = addHost();
    HostId behind = addHost();
    for (HostId host : new HostId[] {first, second, check, behind}) {
      JobKind kind = host.equals(check) ? JobKind.CHECK : JobKind.BACKUP;
      ask(queue(host, kind), kind);
    }

    set(running, "status = 'succeeded'");

    assertThat(hosts()).containsExactlyInAnyOrder(first, second);
    assertThat(hosts(true)).containsExactlyInAnyOrder(first, second, check, behind);
    DATABASE.execute("delete from job where host_id = any(?)", pair(first, second));
    assertThat(hosts()).as("who stands first waits alone").containsExactly(check);
  }

  @Test
  void whoStandsInLineWhileSomebodyHasTheRepositoryAloneIsLookedAtOnceAMinute() {
    HostId busy = addHost();
    JobId running = queue(busy, JobKind.PRUNE);
    set(running, "status = 'running', dispatched_at = now()");
    HostId backup = addHost();
    ask(queue(backup, JobKind.BACKUP), JobKind.BACKUP);
    HostId comes = addHost();
    queue(comes, JobKind.BACKUP);

    assertThat(hosts()).as("who has no place yet gets one").containsExactly(comes);
    assertThat(hosts(true)).containsExactlyInAnyOrder(backup, comes);
    set(running, "status = 'queued', accepted_at = now()");
    assertThat(hosts()).as("it is only sent").containsExactly(comes);
    DATABASE.execute(
        "update host set last_seen_at = now() - interval '16 minutes' where id = ?", busy.value());
    assertThat(hosts()).as("its host is lost").containsExactlyInAnyOrder(backup, comes);
  }

  @Test
  void whoWaitsForBackupsToEndIsLookedAt() {
    set(queue(addHost(), JobKind.BACKUP), "status = 'running', dispatched_at = now()");
    HostId prune = addHost();
    ask(queue(prune, JobKind.PRUNE), JobKind.PRUNE);

    assertThat(hosts()).containsExactly(prune);
  }

  private static Object pair(HostId one, HostId other) {
    return new UUID[] {one.value(), other.value()};
  }

  @Test
  void connectedHostsKeepTheirPlacesAndOthersLoseThem() {
    set(queue(addHost(), JobKind.PRUNE), "status = 'running', dispatched_at = now()");
    HostId here = addHost();
    JobId keeps = queue(here, JobKind.BACKUP);
    JobId loses = queue(addHost(), JobKind.BACKUP);
    JobId lost = queue(addHost(), JobKind.BACKUP);
    for (JobId job : new JobId[] {keeps, loses, lost}) {
      ask(job, JobKind.BACKUP);
      set(job, "lease_asking_until = clock_timestamp() + interval '5 seconds'");
    }
    set(lost, "lease_asking_until = clock_timestamp() - interval '1 second'");

    waiting.keepPlaces(
        Set.of(
            here,
            new HostId(
                (UUID) DATABASE.value("select host_id from job where id = ?", lost.value()))),
        Instant.now());

    assertThat(place(keeps, "10 seconds")).isEqualTo(true);
    assertThat(place(loses, "10 seconds")).isEqualTo(false);
    assertThat(place(lost, "0 seconds")).as("who has lost it asks anew").isEqualTo(false);
    assertThat(hosts()).as("for example now").hasSize(1);
  }

  @Test
  void placeOfAJobBehindAnotherOfItsHostIsNotKept() {
    set(queue(addHost(), JobKind.PRUNE), "status = 'running', dispatched_at = now()");
    HostId host = addHost();
    JobId job = queue(host, JobKind.BACKUP);
    ask(job, JobKind.BACKUP);
    set(job, "lease_asking_until = clock_timestamp() + interval '5 seconds'");
    queue(host, JobKind.UNLOCK);

    waiting.keepPlaces(Set.of(host), Instant.now());

    assertThat(place(job, "10 seconds")).isEqualTo(false);
    assertThat(hosts()).containsExactly(host);
  }
}
