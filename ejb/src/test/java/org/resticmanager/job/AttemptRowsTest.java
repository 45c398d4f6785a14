package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

/** With a real PostgreSQL. */
class AttemptRowsTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  @Test
  void twoNodesNeverQueueOneAttempt() {
    UUID host = DATABASE.addHost("attempts");
    UUID first = DATABASE.addJob(host);
    attempt(host, first, 2);
    attempt(host, first, 3);

    assertThatThrownBy(() -> attempt(host, first, 3)).hasStackTraceContaining("job_attempt");
    assertThatThrownBy(() -> attempt(host, first, 1)).hasStackTraceContaining("job_attempt");
  }

  /** A pause is a span of time: a clock that is set back must not make it an hour longer. */
  @Test
  void pauseEndsInTimeAlsoWhenTheClockIsSetBack() {
    Instant queuedAt = Instant.parse("2026-03-01T12:00:00Z");
    UUID job = DATABASE.addJob(DATABASE.addHost("paused"));
    DATABASE.execute(
        "update job set queued_at = ?, not_before = ? where id = ?",
        utc(queuedAt),
        utc(queuedAt.plusSeconds(300)),
        job);

    assertThat(due(job, queuedAt)).isFalse();
    assertThat(due(job, queuedAt.plusSeconds(299))).isFalse();
    assertThat(due(job, queuedAt.plusSeconds(300))).isTrue();
    assertThat(due(job, queuedAt.minusSeconds(60))).as("clocks of nodes differ a little").isFalse();
    assertThat(due(job, queuedAt.minusSeconds(3600))).as("set back").isTrue();
  }

  private static boolean due(UUID job, Instant now) {
    String due = JobStore.due("'" + now + "'");
    return (boolean) DATABASE.value("select " + due + " from job q where id = ?", job);
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private static void attempt(UUID host, UUID first, int number) {
    UUID id = DATABASE.addJob(host);
    DATABASE.execute(
        "update job set first_job_id = ?, attempt = ? where id = ?", first, number, id);
  }
}
