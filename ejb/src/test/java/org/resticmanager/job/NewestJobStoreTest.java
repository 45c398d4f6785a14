package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

class NewestJobStoreTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  private final NewestJobStore store = new NewestJobStore(DATABASE);
  private HostId host;

  @BeforeEach
  void addHost() {
    host = new HostId(DATABASE.addHost("host " + System.nanoTime()));
  }

  @Test
  void ofEachHostTheNewestIsFoundAndOfOneWithoutJobsNone() {
    HostId idle = new HostId(DATABASE.addHost("idle " + System.nanoTime()));
    HostId busy = new HostId(DATABASE.addHost("busy " + System.nanoTime()));
    DATABASE.addJob(host.value());
    UUID newest = DATABASE.addJob(host.value());
    UUID other = DATABASE.addJob(busy.value());

    assertThat(newest(host, idle, busy))
        .extracting(job -> job.id().value())
        .containsExactlyInAnyOrder(newest, other);
    assertThat(newest()).isEmpty();
  }

  @Test
  void whatHappenedLastIsItsEndItsStartOrItsQueueing() {
    UUID job = DATABASE.addJob(host.value());
    assertThat(newest(host).get(0).lastMoment()).isNotNull();

    state(job, "status = 'running', started_at = timestamptz '2026-03-01 12:00Z'");
    assertThat(newest(host).get(0).lastMoment()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));

    state(job, "status = 'succeeded', finished_at = timestamptz '2026-03-01 13:00Z'");
    assertThat(newest(host).get(0).lastMoment()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
  }

  @Test
  void itSaysHowTheJobIs() {
    UUID job = DATABASE.addJob(host.value());

    state(job, "status = 'queued', source_group_name = 'files', waiting_for = 'the lock of nas'");
    JobOutline waiting = newest(host).get(0);
    assertThat(waiting.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(waiting.kind()).isEqualTo(JobKind.BACKUP);
    assertThat(waiting.sourceGroup()).isEqualTo("files");
    assertThat(waiting.waiting()).isTrue();
    assertThat(waiting.flagged()).isFalse();

    state(job, "status = 'failed', error = 'locked', met_lock = true, waiting_for = null");
    JobOutline failed = newest(host).get(0);
    assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.metLock()).isTrue();
    assertThat(failed.waiting()).isFalse();
    assertThat(failed.flagged()).isFalse();

    state(job, "status = 'succeeded', error = 'a file could not be read', met_lock = false");
    assertThat(newest(host).get(0).flagged()).isTrue();
  }

  private static void state(UUID job, String state) {
    DATABASE.execute("update job set " + state + " where id = ?", job);
  }

  private List<JobOutline> newest(HostId... hosts) {
    return DATABASE.inTransaction(() -> store.of(List.of(hosts)));
  }
}
