package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

/** With a real PostgreSQL. */
class JobMigrationTest {

  /** EclipseLink fails to read a UUID that is null, and with it every list that holds the job. */
  @Test
  void jobFromBeforeThereWereAttemptsIsItsOwnFirst() {
    TestDatabase database = TestDatabase.create(MigrationVersion.fromVersion("1"));
    UUID job = database.addJob(database.addHost("old"));

    database.migrate(MigrationVersion.LATEST);

    assertThat(database.value("select first_job_id from job where id = ?", job)).isEqualTo(job);
  }
}
