package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  private static void attempt(UUID host, UUID first, int number) {
    UUID id = DATABASE.addJob(host);
    DATABASE.execute(
        "update job set first_job_id = ?, attempt = ? where id = ?", first, number, id);
  }
}
