package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

class LostJobStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final LostJobStore store = new LostJobStore(DATABASE);

  @Test
  void onlyRunningJobsOfSilentHostsAreLost() {
    UUID silent = hostLastSeen("silent", NOW.minusSeconds(1));
    UUID alive = hostLastSeen("alive", NOW);
    JobId running = new JobId(DATABASE.addJob(silent));
    UUID ended = DATABASE.addJob(silent);
    DATABASE.execute("update job set status = 'succeeded' where id = ?", ended);
    UUID waiting = DATABASE.addJob(silent);
    DATABASE.execute("update job set status = 'queued' where id = ?", waiting);
    DATABASE.addJob(alive);

    assertThat(DATABASE.inTransaction(() -> store.ofHostsSilentSince(NOW)))
        .containsExactly(running);
  }

  private static UUID hostLastSeen(String name, Instant at) {
    UUID host = DATABASE.addHost(name);
    DATABASE.execute(
        "update host set last_seen_at = ? where id = ?", at.atOffset(ZoneOffset.UTC), host);
    return host;
  }
}
