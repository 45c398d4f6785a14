package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobSearch;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/** What goes and what stays, with a clock of the test's. */
class LogRetentionTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final Duration KEEP = Duration.ofDays(90);

  private final TestDatabase database = TestDatabase.create();
  private final JobLogStore store = new JobLogStore(database);
  private final LogPartitionStore partitions = new LogPartitionStore(database);
  private final LogRetention retention = new LogRetention();
  private final UUID host = database.addHost("host");
  private long maxSizeBytes = Long.MAX_VALUE;

  @BeforeEach
  void prepare() {
    retention.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    retention.steps = new Steps();
    retention.settings =
        new JobLogSettings() {
          @Override
          public Duration keep() {
            return KEEP;
          }

          @Override
          public long maxSizeBytes() {
            return maxSizeBytes;
          }
        };
  }

  @Test
  void logsGoWhenEachJobOfTheirDayEndedLongEnoughAgo() {
    JobId old = job("2026-03-10T01:00:00Z", "2026-03-10T02:00:00Z");
    JobId young = job("2026-03-20T01:00:00Z", "2026-03-20T02:00:00Z");

    retention.run();

    assertThat(store.state(old).droppedAt()).isEqualTo(NOW);
    assertThat(store.after(old, 0, 10)).isEmpty();
    assertThat(store.state(young).droppedAt()).isNull();
    assertThat(store.after(young, 0, 10)).hasSize(1);
    assertThat(partitions.all())
        .extracting(LogPartition::day)
        .containsExactly(
            LocalDate.parse("2026-03-20"),
            LocalDate.parse("2026-06-15"),
            LocalDate.parse("2026-06-16"),
            LocalDate.parse("2026-06-17"));
  }

  @Test
  void jobThatWaitedLongKeepsItsLogAndThatOfItsDay() {
    JobId waited = job("2026-03-10T01:00:00Z", "2026-06-01T00:00:00Z");
    JobId beside = job("2026-03-10T02:00:00Z", "2026-03-10T03:00:00Z");
    JobId open = job("2026-03-11T02:00:00Z", null);

    retention.run();

    assertThat(store.after(waited, 0, 10)).hasSize(1);
    assertThat(store.after(beside, 0, 10)).hasSize(1);
    assertThat(store.after(open, 0, 10)).hasSize(1);
  }

  @Test
  void oldestLogsGoFirstWhenThereIsTooLittleRoom() {
    JobId oldest = job("2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z");
    JobId open = job("2026-06-02T01:00:00Z", null);
    JobId newer = job("2026-06-03T01:00:00Z", "2026-06-03T02:00:00Z");
    JobId today = job("2026-06-15T01:00:00Z", "2026-06-15T02:00:00Z");
    maxSizeBytes = 1;

    retention.run();

    assertThat(store.state(oldest).droppedAt()).isEqualTo(NOW);
    assertThat(store.state(newer).droppedAt()).isEqualTo(NOW);
    assertThat(store.after(open, 0, 10)).hasSize(1);
    assertThat(store.after(today, 0, 10)).hasSize(1);
  }

  @Test
  void onlyAsMuchGoesAsIsTooMuch() {
    JobId oldest = job("2026-06-01T01:00:00Z", "2026-06-01T02:00:00Z");
    JobId newer = job("2026-06-03T01:00:00Z", "2026-06-03T02:00:00Z");
    retention.run();
    maxSizeBytes = partitions.all().stream().mapToLong(LogPartition::sizeBytes).sum() - 1;

    retention.run();

    assertThat(store.state(oldest).droppedAt()).isEqualTo(NOW);
    assertThat(store.state(newer).droppedAt()).isNull();
  }

  @Test
  void dropGivesWayToReadersAndHappensTheNextTime() throws SQLException {
    JobId old = job("2026-03-10T01:00:00Z", "2026-03-10T02:00:00Z");
    try (var reader = database.dataSource().getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select count(*) from job_log_line");
      assertThatThrownBy(retention::run).hasMessageContaining("2026-03-10");
      reader.rollback();
    }
    assertThat(store.state(old).droppedAt()).isNull();

    retention.run();

    assertThat(store.state(old).droppedAt()).isEqualTo(NOW);
  }

  @Test
  void nodeThatFindsAnotherAtItLeavesItAlone() {
    JobId old = job("2026-03-10T01:00:00Z", "2026-03-10T02:00:00Z");
    database.inTransaction(
        () -> {
          try (var other = database.connection();
              var claim =
                  other.prepareStatement(
                      "select pg_advisory_xact_lock(hashtextextended('job_log retention', 0))")) {
            claim.execute();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          runOnAnotherThread();
          return null;
        });

    assertThat(store.state(old).droppedAt()).isNull();
  }

  private void runOnAnotherThread() {
    CompletableFuture.runAsync(retention::run).join();
  }

  private JobId job(String queuedAt, String finishedAt) {
    UUID id = UuidCreator.getTimeOrderedEpoch(Instant.parse(queuedAt));
    database.addJob(host, id);
    if (finishedAt != null) {
      database.execute(
          "update job set status = 'succeeded', finished_at = ? where id = ?",
          OffsetDateTime.parse(finishedAt),
          id);
    }
    JobId job = new JobId(id);
    partitions.create(LogDay.of(job));
    LogStream line = new LogStream(id.toString(), 1, NOW, LogStreamName.STDOUT, "line");
    database.inTransaction(() -> store.write(List.of(new LogBatch(job, List.of(line))), NOW));
    return job;
  }

  /** The container's part: a transaction each. */
  private final class Steps extends LogRetentionSteps {

    Steps() {
      super.partitions = LogRetentionTest.this.partitions;
      super.jobs = new Search();
      super.clock = Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public boolean dropIfOld(LocalDate day, Duration keep) {
      return database.inTransaction(() -> super.dropIfOld(day, keep));
    }

    @Override
    public boolean dropIfEnded(LocalDate day) {
      return database.inTransaction(() -> super.dropIfEnded(day));
    }
  }

  /** As JPA asks it. */
  private final class Search extends JobSearch {

    @Override
    public boolean anyOpenOrEndedSince(Instant from, Instant to, Instant moment) {
      return (Boolean)
          database.value(
              "select exists (select 1 from job where id >= job_log_bound(?)"
                  + " and id < job_log_bound(?) and (finished_at is null or finished_at >= ?))",
              LocalDate.ofInstant(from, ZoneOffset.UTC),
              LocalDate.ofInstant(to, ZoneOffset.UTC),
              moment.atOffset(ZoneOffset.UTC));
    }
  }
}
