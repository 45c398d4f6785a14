package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.job.JobId;

class JobLogMigrationTest {

  @Test
  void logsOfTheFirstVersionAreThereAfterTheUpgrade() {
    TestDatabase database = TestDatabase.create(MigrationVersion.fromVersion("1"));
    UUID host = database.addHost("old");
    UUID complete = job(database, host, "2026-02-27T23:59:59.999Z");
    UUID withGap = job(database, host, "2026-02-28T00:00:00Z");
    UUID silent = job(database, host, "2026-02-28T12:00:00Z");
    for (long seq : List.of(1L, 2L, 3L)) {
      line(database, complete, seq);
    }
    for (long seq : List.of(1L, 2L, 4L, 5L)) {
      line(database, withGap, seq);
    }

    database.migrate(MigrationVersion.LATEST);

    JobLogStore store = new JobLogStore(database);
    assertThat(store.state(new JobId(complete))).isEqualTo(new LogState(3, 3, 3, null));
    assertThat(store.state(new JobId(withGap))).isEqualTo(new LogState(2, 5, 4, null));
    assertThat(store.state(new JobId(silent))).isEqualTo(LogState.EMPTY);
    assertThat(store.after(new JobId(withGap), 0, 10))
        .extracting(LogLine::text)
        .containsExactly("1", "2", "4", "5");
    assertThat(new LogPartitionStore(database).all())
        .extracting(LogPartition::day)
        .containsExactly(LocalDate.parse("2026-02-27"), LocalDate.parse("2026-02-28"));
  }

  private static UUID job(TestDatabase database, UUID host, String queuedAt) {
    return database.addJob(host, UuidCreator.getTimeOrderedEpoch(Instant.parse(queuedAt)));
  }

  private static void line(TestDatabase database, UUID job, long seq) {
    database.execute(
        "insert into job_log_line (job_id, seq, ts, stream, payload)"
            + " values (?, ?, now(), 'stdout', ?)",
        job,
        seq,
        Long.toString(seq));
  }
}
