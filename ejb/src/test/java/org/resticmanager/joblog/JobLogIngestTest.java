package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/** Many agents, one writer; the transactions are real, the container is not. */
class JobLogIngestTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final JobLogStore store = new JobLogStore(DATABASE);
  private final List<Integer> commits = new CopyOnWriteArrayList<>();
  private final ExecutorService agents = Executors.newCachedThreadPool();
  private final UUID host = DATABASE.addHost("host " + System.nanoTime());

  @AfterEach
  void end() {
    agents.shutdownNow();
  }

  @Test
  void whatArrivesDuringACommitGoesIntoTheNextOneTogether() {
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    JobLogIngest ingest =
        new JobLogIngest(
            allTheirOwn(),
            new Writer() {
              @Override
              public Map<JobId, Long> write(List<LogBatch> batches) {
                if (commits.isEmpty()) {
                  commits.add(batches.size());
                  awaitQuietly(firstMayEnd);
                } else {
                  commits.add(batches.size());
                }
                return super.write(batches);
              }
            });
    List<JobId> jobs = jobs(20);
    List<CompletableFuture<Long>> ends = new ArrayList<>();
    ends.add(append(ingest, jobs.get(0)));
    await().until(() -> commits.size() == 1);
    jobs.subList(1, 20).forEach(job -> ends.add(append(ingest, job)));
    await().until(() -> ingest.waiting() == 19);

    firstMayEnd.countDown();

    assertThat(ends).allSatisfy(end -> assertThat(end.join()).isEqualTo(3));
    assertThat(commits).containsExactly(1, 19);
  }

  @Test
  void badLinesOfOneHostDoNotCostTheOthersTheirs() {
    List<JobId> jobs = jobs(5);
    JobId bad = jobs.get(2);
    CountDownLatch all = new CountDownLatch(1);
    JobLogIngest ingest =
        new JobLogIngest(
            allTheirOwn(),
            new Writer() {
              @Override
              public Map<JobId, Long> write(List<LogBatch> batches) {
                awaitQuietly(all);
                Map<JobId, Long> written = super.write(batches);
                if (batches.stream().anyMatch(batch -> batch.job().equals(bad))) {
                  throw new IllegalStateException(new SQLException("on purpose", "22000"));
                }
                return written;
              }
            });
    Map<JobId, CompletableFuture<Long>> ends = new HashMap<>();
    jobs.forEach(job -> ends.put(job, append(ingest, job)));
    await().until(() -> ingest.waiting() == 4);
    all.countDown();

    CompletableFuture<Long> badEnd = ends.remove(bad);
    assertThat(ends.values()).allSatisfy(end -> assertThat(end.join()).isEqualTo(3));
    assertThatThrownBy(badEnd::join).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatGoesWrongWithTheLinesOfOneHostEndsTheWaitingOfTheOthersWhateverItIs() {
    List<JobId> jobs = jobs(5);
    JobId bad = jobs.get(2);
    CountDownLatch all = new CountDownLatch(1);
    JobLogIngest ingest =
        new JobLogIngest(
            allTheirOwn(),
            new Writer() {
              @Override
              public Map<JobId, Long> write(List<LogBatch> batches) {
                awaitQuietly(all);
                if (batches.size() > 1) {
                  throw new IllegalStateException(new SQLException("on purpose", "22000"));
                }
                if (batches.get(0).job().equals(bad)) {
                  throw new NoClassDefFoundError("on purpose");
                }
                return super.write(batches);
              }
            });
    Map<JobId, CompletableFuture<Long>> ends = new HashMap<>();
    jobs.forEach(job -> ends.put(job, append(ingest, job)));
    await().until(() -> ingest.waiting() == 4);
    all.countDown();

    assertThat(ends.remove(bad))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withRootCauseInstanceOf(NoClassDefFoundError.class);
    assertThat(ends.values())
        .allSatisfy(end -> assertThat(end).succeedsWithin(LIMIT).isEqualTo(3L));
  }

  @Test
  void lostDatabaseFailsAllThatWaitOnceAndLaterOnesGoOn() {
    List<JobId> jobs = jobs(2);
    boolean[] away = {true};
    JobLogIngest ingest =
        new JobLogIngest(
            allTheirOwn(),
            new Writer() {
              @Override
              public Map<JobId, Long> write(List<LogBatch> batches) {
                commits.add(batches.size());
                if (away[0]) {
                  throw new IllegalStateException(new SQLException("on purpose", "08006"));
                }
                return super.write(batches);
              }
            });
    assertThatThrownBy(append(ingest, jobs.get(0))::join)
        .hasCauseInstanceOf(IllegalStateException.class);

    away[0] = false;
    assertThat(append(ingest, jobs.get(0)).join()).isEqualTo(3);
    assertThat(commits).hasSize(2);
  }

  private CompletableFuture<Long> append(JobLogIngest ingest, JobId job) {
    List<LogStream> lines =
        LongStream.rangeClosed(1, 3)
            .mapToObj(seq -> new LogStream(job.toString(), seq, NOW, LogStreamName.STDOUT, "line"))
            .toList();
    return CompletableFuture.supplyAsync(() -> ingest.append(new HostId(host), job, lines), agents);
  }

  private List<JobId> jobs(int count) {
    return LongStream.range(0, count).mapToObj(number -> new JobId(DATABASE.addJob(host))).toList();
  }

  private static JobReports allTheirOwn() {
    return new JobReports() {
      @Override
      public void requireOwn(HostId owner, JobId job) {
        // all are
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private class Writer extends JobLogWriter {

    @Override
    public Map<JobId, Long> write(List<LogBatch> batches) {
      return DATABASE.inTransaction(() -> store.write(batches, NOW));
    }

    @Override
    public void prepare(LocalDate day) {
      new LogPartitionStore(DATABASE).create(day);
    }
  }
}
