package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.JobStatus;

/** With a real PostgreSQL. */
class ScheduleHistoryStoreTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Instant NIGHT = Instant.parse("2026-03-01T02:00:00Z");

  private final ScheduleHistoryStore store = new ScheduleHistoryStore(DATABASE);
  private final UUID schedule = Ids.next();
  private final UUID group = Ids.next();
  private UUID host;

  @BeforeEach
  void addSchedule() {
    host = DATABASE.addHost("host " + schedule);
    DATABASE.execute(
        "insert into source_group (id, host_id, name, includes, excludes, created_at)"
            + " values (?, ?, 'files', '/srv', '', now())",
        group,
        host);
    DATABASE.execute(
        "insert into schedule (id, host_id, name, cron, enabled, created_at, timing_since)"
            + " values (?, ?, 'nightly', '0 2 * * *', true, ?, ?)",
        schedule,
        host,
        NIGHT.minusSeconds(900).atOffset(ZoneOffset.UTC),
        NIGHT.minusSeconds(600).atOffset(ZoneOffset.UTC));
  }

  @Test
  void runIsAsItsNewestAttempt() {
    UUID first = job(Ids.next(), 1, "failed", "no such host");
    fired(NIGHT, first);
    assertThat(history().since()).containsEntry(schedule, NIGHT.minusSeconds(600));
    assertThat(only().status()).contains(JobStatus.FAILED);

    UUID second = job(first, 2, "succeeded", null);
    assertThat(only())
        .isEqualTo(
            new ScheduleRun(
                schedule,
                NIGHT,
                Optional.of(new JobId(second)),
                Optional.of(JobStatus.SUCCEEDED),
                false));
    job(first, 3, "succeeded", "2 files could not be read");
    assertThat(only().flagged()).isTrue();
  }

  @Test
  void runWithoutAJobAndThoseBeforeAreToldApart() {
    fired(NIGHT.minusSeconds(86_400), null);
    fired(NIGHT.plusSeconds(86_400), null);

    assertThat(history().runs())
        .containsExactly(
            new ScheduleRun(
                schedule, NIGHT.plusSeconds(86_400), Optional.empty(), Optional.empty(), false));
  }

  private ScheduleHistory history() {
    return DATABASE.inTransaction(() -> store.read(new HostId(host), NIGHT.minusSeconds(3600)));
  }

  private ScheduleRun only() {
    assertThat(history().runs()).hasSize(1);
    return history().runs().get(0);
  }

  private void fired(Instant at, UUID job) {
    DATABASE.execute(
        "insert into schedule_fire (schedule_id, source_group_id, scheduled_at, job_id, received_at)"
            + " values (?, ?, ?, ?, now())",
        schedule,
        group,
        at.atOffset(ZoneOffset.UTC),
        job);
  }

  /** The first attempt has the id of all. */
  private UUID job(UUID first, int attempt, String status, String error) {
    UUID id = attempt == 1 ? first : Ids.next();
    DATABASE.execute(
        "insert into job (id, host_id, kind, status, queued_at, queued_by, first_job_id, attempt,"
            + " error) values (?, ?, 'backup', ?, now(), 'test', ?, ?, ?)",
        id,
        host,
        status,
        first,
        attempt,
        error);
    return id;
  }
}
