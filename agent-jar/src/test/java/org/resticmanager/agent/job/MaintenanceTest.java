package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.RetentionPolicy;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** The jobs that look after a repository, with every restic at hand. */
class MaintenanceTest {

  private static final String PASSWORD = "password";

  @TempDir Path folder;

  private Path source;
  private String repository;
  private JobBench bench;
  private int jobs;

  static Stream<Path> restics() {
    return RealRestic.all();
  }

  @BeforeEach
  void prepare() throws IOException {
    source = Files.createDirectory(folder.resolve("source"));
    repository = folder.resolve("repo").toString();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void open(Path restic) throws IOException {
    bench = JobBench.with(folder.resolve("data"), restic).repository(repository, PASSWORD);
    assertThat(bench.init(job()).end().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  private String job() {
    jobs++;
    return "job-" + jobs;
  }

  private void backup(String tag) throws IOException {
    byte[] content = new byte[300_000];
    new Random(jobs).nextBytes(content);
    Files.write(source.resolve("file"), content);
    JobBench.Told told =
        bench.run(
            CommandRun.of(job(), JobKind.BACKUP).includes(List.of(source.toString())).tag(tag));
    assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  private static RetentionPolicy keepLast(int count) {
    return new RetentionPolicy(count, 0, 0, 0, 0, 0, "", List.of());
  }

  @ParameterizedTest
  @MethodSource("restics")
  void forgetKeepsWhatEachGroupsPolicySaysAndPruneFreesTheRest(Path restic) throws IOException {
    open(restic);
    backup("etc");
    backup("etc");
    backup("home");
    backup("home");
    backup("home");
    backup("other");

    JobBench.Told forget =
        bench.run(
            CommandRun.of(job(), JobKind.FORGET)
                .forgetGroups(
                    List.of(
                        new ForgetGroup("etc", keepLast(1)),
                        new ForgetGroup("home", keepLast(2)),
                        new ForgetGroup("nobody", keepLast(1)))));

    assertThat(forget.end().error()).isEmpty();
    assertThat(forget.end().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(forget.end().stats().getInt("removed")).isEqualTo(2);
    assertThat(forget.kinds())
        .containsSubsequence("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");
    assertThat(forget.first(SnapshotsReport.class).orElseThrow().snapshots())
        .flatExtracting(Snapshot::tags)
        .containsExactlyInAnyOrder("etc", "home", "home", "other");
    assertThat(forget.log())
        .contains("the group etc: 1 snapshots kept, 1 removed", "--keep-last=2");
    long before = forget.first(RepoStats.class).orElseThrow().rawSizeBytes();

    JobBench.Told prune = bench.run(CommandRun.of(job(), JobKind.PRUNE));

    assertThat(prune.end().error()).isEmpty();
    assertThat(prune.kinds())
        .containsSubsequence("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");
    RepoStats stats = prune.first(RepoStats.class).orElseThrow();
    assertThat(stats.lastPruneAt()).isNotNull();
    assertThat(stats.lastPruneFreedBytes()).isBetween(550_000L, 700_000L);
    assertThat(stats.rawSizeBytes()).isLessThanOrEqualTo(before);
    assertThat(stats.snapshotCount()).isEqualTo(4);
    assertThat(prune.log()).contains("total prune:");
  }

  @ParameterizedTest
  @MethodSource("restics")
  void forgetOfOneGroupTakesEveryKindOfPolicy(Path restic) throws IOException {
    open(restic);
    backup("etc");
    backup("etc");
    RetentionPolicy policy = new RetentionPolicy(1, 1, 1, 1, 1, 1, "1y2m3d4h", List.of("etc"));

    JobBench.Told kept =
        bench.run(CommandRun.of(job(), JobKind.FORGET).tag("etc").retentionPolicy(policy));
    JobBench.Told gone =
        bench.run(CommandRun.of(job(), JobKind.FORGET).tag("etc").retentionPolicy(keepLast(1)));

    assertThat(kept.end().error()).isEmpty();
    assertThat(kept.end().stats().getInt("removed")).isZero();
    assertThat(gone.end().stats().getInt("removed")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("restics")
  void checkSaysThatAllIsWellOrWhatIsNot(Path restic) throws IOException {
    open(restic);
    backup("etc");

    JobBench.Told whole = bench.run(CommandRun.of(job(), JobKind.CHECK).readDataSubset("100%"));

    assertThat(whole.end().error()).isEmpty();
    assertThat(whole.kinds()).containsExactly("JobStarted", "RepoStats", "JobFinished");
    assertThat(whole.first(RepoStats.class).orElseThrow().lastCheckStatus()).isEqualTo("ok");
    assertThat(whole.first(RepoStats.class).orElseThrow().lastCheckAt()).isNotNull();
    assertThat(whole.log()).contains("stdout: no errors were found");

    try (Stream<Path> files = Files.walk(Path.of(repository, "data"))) {
      // that of the file's data; without that of the trees old versions try again for long
      Files.delete(
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(pack -> pack.toFile().length()))
              .orElseThrow());
    }
    JobBench.Told damaged = bench.run(CommandRun.of(job(), JobKind.CHECK));

    assertThat(damaged.end().status()).isEqualTo(JobStatus.FAILED);
    assertThat(damaged.end().exitCode()).isEqualTo(1);
    assertThat(damaged.end().error()).startsWith("the repository is damaged: ");
    assertThat(damaged.first(RepoStats.class).orElseThrow().lastCheckStatus())
        .contains("repository contains errors");
    assertThat(damaged.log()).contains("does not exist");
  }

  @ParameterizedTest
  @MethodSource("restics")
  void unlockTakesTheLocksOfTheDeadAndOnRequestThoseOfTheLiving(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    open(restic);
    backup("etc");
    byte[] much = new byte[4_000_000];
    new Random(1).nextBytes(much);
    Files.write(source.resolve("much"), much);
    backup("etc");
    Process holder = slow.lockExclusively(repository, PASSWORD);
    try {
      JobBench.Told prune = bench.run(CommandRun.of(job(), JobKind.PRUNE));
      assertThat(prune.end().exitCode()).isEqualTo(11);
      assertThat(prune.end().error()).contains("locked by PID " + holder.pid());

      JobBench.Told alive = bench.run(CommandRun.of(job(), JobKind.UNLOCK));
      assertThat(alive.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(alive.end().error()).isEqualTo("1 lock is left: a restic that lives holds it");
      assertThat(alive.first(RepoStats.class).orElseThrow().lockPresent()).isTrue();

      JobBench.Told all =
          bench.run(CommandRun.of(job(), JobKind.UNLOCK).args(List.of("--remove-all")));
      assertThat(all.end().error()).isEmpty();
      assertThat(all.first(RepoStats.class).orElseThrow().lockPresent()).isFalse();
    } finally {
      holder.destroyForcibly().waitFor();
    }

    slow.lockExclusively(repository, PASSWORD).destroyForcibly().waitFor();
    JobBench.Told dead = bench.run(CommandRun.of(job(), JobKind.UNLOCK));
    assertThat(dead.end().error()).isEmpty();
    assertThat(dead.kinds()).containsExactly("JobStarted", "RepoStats", "JobFinished");
    assertThat(dead.first(RepoStats.class).orElseThrow().lockPresent()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aCancelledCheckLeavesNoLock(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    open(slow.slowCheck(1000));
    byte[] much = new byte[6_000_000];
    new Random(1).nextBytes(much);
    Files.write(source.resolve("much"), much);
    backup("etc");
    CommandRun command = CommandRun.of(job(), JobKind.CHECK).readDataSubset("100%").build();
    JobSpool check = bench.begin(command);
    bench.awaitLog(check, "stdout: load indexes");

    bench.cancel(command.jobId());
    JobBench.Told told = bench.await(check);

    assertThat(told.end().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(told.end().exitCode()).isEqualTo(130);
    assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
  }
}
