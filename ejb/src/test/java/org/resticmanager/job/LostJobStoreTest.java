package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

class LostJobStoreTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  private final LostJobStore store = new LostJobStore(DATABASE);

  @Test
  void onlyRunningJobsOfSilentHostsAreLost() {
    UUID silent = hostLastSeen("silent", Duration.ofMinutes(61));
    UUID alive = hostLastSeen("alive", Duration.ofMinutes(59));
    JobId running = new JobId(DATABASE.addJob(silent));
    UUID ended = DATABASE.addJob(silent);
    DATABASE.execute("update job set status = 'succeeded' where id = ?", ended);
    UUID waiting = DATABASE.addJob(silent);
    DATABASE.execute("update job set status = 'queued' where id = ?", waiting);
    DATABASE.addJob(alive);

    assertThat(DATABASE.inTransaction(() -> store.ofHostsSilentFor(Duration.ofHours(1))))
        .containsExactly(running);
  }

  private static UUID hostLastSeen(String name, Duration ago) {
    UUID host = DATABASE.addHost(name);
    DATABASE.execute(
        "update host set last_seen_at = now() - cast(? as interval) where id = ?",
        ago.toString(),
        host);
    return host;
  }
}
