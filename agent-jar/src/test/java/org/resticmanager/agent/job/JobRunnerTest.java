package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/** What becomes of a job when restic behaves oddly, or is not there. */
class JobRunnerTest {

  /** It tells all of its snapshot. */
  private static final String LIKE_NEW_RESTIC =
      "echo '{\"message_type\":\"summary\",\"snapshot_id\":\""
          + "0123456789abcdef".repeat(4)
          + "\",\"backup_start\":\"2026-03-01T12:00:00+01:00\",\"total_files_processed\":3}'";

  @TempDir Path folder;

  private JobBench bench(String backup) throws IOException {
    return JobBench.with(folder.resolve("data"), FakeRestic.in(folder, backup))
        .repository("/repo", "password");
  }

  @Test
  void aMissingResticIsSaid() throws IOException {
    try (JobBench bench =
        new JobBench(
            folder.resolve("data"), Optional.empty(), "/no/such:/place", Duration.ofMinutes(1))) {
      bench.repository("/repo", "password");

      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.kinds()).containsExactly("JobStarted", "JobFinished");
      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().exitCode()).isEqualTo(-1);
      assertThat(told.end().error())
          .startsWith("restic was not found on PATH (/no/such:/place); install restic");
    }
  }

  @Test
  void aBackendThatDoesNotAnswerShowsInTheLogBeforeResticGivesUp() throws IOException {
    try (JobBench bench = bench("exit 0")) {
      JobBench.Told told = bench.init("job-1");

      assertThat(told.log())
          .contains("stderr: Load(<config/0>) returned error, retrying after 1s: refused");
      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
    }
  }

  @Test
  void aJobInWhichTheMemoryRunsOutFailsAndTheNextOneRuns() throws IOException {
    Path running = folder.resolve("running");
    Path restic =
        FakeRestic.in(folder, "touch '" + running + "'\necho a line\n" + FakeRestic.SUMMARY);
    Clock clock = new FailingClock(running);
    try (JobBench bench =
        JobBench.withClock(folder.resolve("data"), restic, clock).repository("/repo", "password")) {
      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().error()).contains("the agent's memory", "-Xmx");
      assertThat(bench.backup("job-2", folder.toString()).end().status())
          .isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  /** Once, as soon as a file is there, there is no memory left. */
  private static final class FailingClock extends Clock {

    private final Path when;
    private boolean failed;

    FailingClock(Path when) {
      this.when = when;
    }

    @Override
    public synchronized Instant instant() {
      if (!failed && Files.exists(when)) {
        failed = true;
        throw new OutOfMemoryError("Java heap space");
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aHostWithoutARepositoryIsSaid() throws IOException {
    try (JobBench bench = JobBench.with(folder.resolve("data"), FakeRestic.in(folder, ""))) {
      assertThat(bench.backup("job-1", folder.toString()).end().error())
          .contains("this host has no repository yet");
    }
  }

  @Test
  void pathsThatMakeNoSenseAreRefused() throws IOException {
    try (JobBench bench = bench("echo never >&2")) {
      assertThat(bench.backup("job-1").end().error()).contains("has no paths");
      assertThat(bench.backup("job-2", folder.toString(), "~/x").end().error())
          .contains("not absolute", "~/x");
    }
  }

  @Test
  void aJobWhoseResticNeverBeganIsRunByTheNextAgent() throws IOException {
    acceptedAndStarted("begun");

    try (JobBench bench = bench(FakeRestic.SUMMARY)) {
      JobBench.Told told = bench.await(bench.held("begun"));

      assertThat(told.kinds())
          .containsExactly("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");
      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  @Test
  void aJobWhoseResticDiedWithTheHostFails() throws IOException {
    Path jobFolder = acceptedAndStarted("dead");
    for (String file : List.of("backup.out", "backup.err")) {
      Files.writeString(jobFolder.resolve(file), "said " + file + "\n");
    }
    Files.writeString(jobFolder.resolve("backup.pid"), "another-boot\n1\n");

    try (JobBench bench = bench("exit 0")) {
      JobBench.Told told = bench.await(bench.held("dead"));

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().exitCode()).isEqualTo(-1);
      assertThat(told.end().error()).isEqualTo("the host was restarted while restic ran");
      assertThat(told.log()).contains("said backup.out", "said backup.err", "stdout: unlocked");
    }
  }

  private Path acceptedAndStarted(String id) throws IOException {
    DataFolder data = new DataFolder(folder.resolve("data")).prepared();
    new SecretStore(data)
        .apply(
            ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
                .repoUrl("/repo")
                .repoPassword("password")
                .build());
    Spool before = new Spool(data, new WireCodec(), new Changes());
    before.accept(
        new JobId(id),
        CommandRun.of(id, JobKind.BACKUP).includes(List.of(folder.toString())).tag("t").build());
    assertThat(before.jobs().get(0).begin(Instant.EPOCH)).isTrue();
    return before.jobs().get(0).folder();
  }

  @Test
  void aResticThatIsLeftIsTakenUpWithoutLosingOrDoublingALine() throws Exception {
    Path go = folder.resolve("go");
    String counting =
        "echo x >>'"
            + folder.resolve("runs")
            + "'\ni=0; while [ $i -lt 300 ]; do echo \"out $i\"; echo \"err $i\" >&2;"
            + " i=$((i+1)); [ $((i % 10)) -eq 0 ] && sleep 0.05; done\n"
            + "while [ ! -e '"
            + go
            + "' ]; do sleep 0.05; done\n"
            + FakeRestic.SUMMARY;
    JobBench first = bench(counting);
    JobSpool job = first.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
    for (int line : List.of(20, 120, 299)) {
      first.awaitLog(job, "out " + line);
      first.leave();
      first = JobBench.with(folder.resolve("data"), folder.resolve("fake-restic"));
      job = first.held("job-1");
    }
    Files.createFile(go);
    try (JobBench last = first) {
      JobBench.Told told = last.await(job);

      assertThat(told.kinds())
          .containsExactly("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");
      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(folder.resolve("runs")).hasContent("x");
      List<LogStream> lines = told.all(LogStream.class);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i).seq()).isEqualTo(i + 1);
      }
      for (String stream : List.of("out ", "err ")) {
        assertThat(lines.stream().map(LogStream::payload).filter(text -> text.startsWith(stream)))
            .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> stream + i).toList());
      }
      assertThat(lines.stream().map(LogStream::payload).filter(text -> text.contains("backs up")))
          .hasSize(1);
    }
  }

  @Test
  void whatEndedWhileNoAgentRanIsToldByTheNextOne() throws Exception {
    Path go = folder.resolve("go");
    JobBench first =
        bench("echo up; while [ ! -e '" + go + "' ]; do sleep 0.05; done\n" + FakeRestic.SUMMARY);
    JobSpool job = first.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
    first.awaitLog(job, "stdout: up");
    first.leave();
    Files.createFile(go);
    Path exit = job.folder().resolve("backup.exit");
    Awaitility.await().until(() -> Files.exists(exit));

    try (JobBench second = JobBench.with(folder.resolve("data"), folder.resolve("fake-restic"))) {
      JobBench.Told told = second.await(second.held("job-1"));

      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(told.end().stats().getString("snapshot_id")).isEqualTo("0011223344");
    }
  }

  @Test
  void aWaitingJobIsCancelledAtOnce() throws IOException {
    try (JobBench bench = bench("echo up; while :; do sleep 0.05; done")) {
      JobSpool first = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      JobSpool second = bench.begin("job-2", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.awaitLog(first, "stdout: up");

      bench.cancel("job-2");
      bench.cancel("job-2");

      assertThat(second.status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(bench.told(second).kinds()).containsExactly("JobFinished");
      assertThat(bench.told(second).end().exitCode()).isEqualTo(130);
      assertThat(first.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void aCancelThatWasStoredIsCarriedOutByTheNextAgent() throws Exception {
    JobBench first =
        bench("trap 'echo cleaned >&2; exit 1' INT; echo up; while :; do sleep 0.05; done");
    JobSpool running = first.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
    first.awaitLog(running, "stdout: up");
    first.leave();
    Files.createFile(running.folder().resolve("cancel"));

    try (JobBench second = JobBench.with(folder.resolve("data"), folder.resolve("fake-restic"))) {
      JobBench.Told told = second.await(second.held("job-1"));

      assertThat(told.end().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(told.end().exitCode()).isEqualTo(130);
      assertThat(told.log()).contains("stderr: cleaned");
    }
  }

  @Test
  void aCancelOfWhatIsUnknownOrHasEndedChangesNothing() throws IOException {
    try (JobBench bench = bench(FakeRestic.SUMMARY)) {
      bench.cancel("nobody");
      JobBench.Told told = bench.backup("job-1", folder.toString());
      bench.cancel("job-1");

      assertThat(bench.told(bench.held("job-1")).messages()).isEqualTo(told.messages());
      assertThat(bench.held("job-1").status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  @Test
  void stoppingTheAgentEndsResticAndTheJob() throws IOException {
    JobSpool job;
    try (JobBench bench =
        bench("trap 'echo cleaned >&2; exit 130' INT; echo up; while :; do sleep 0.05; done")) {
      job = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.awaitLog(job, "stdout: up");
      bench.close();

      JobBench.Told told = bench.told(job);
      assertThat(told.end().error()).isEqualTo("the agent was stopped while restic ran");
      assertThat(told.log()).contains("stderr: cleaned");
    }
  }

  @Test
  void jobsRunInOrderAndNeverSideBySide() throws IOException {
    Path trace = folder.resolve("trace");
    try (JobBench bench =
        bench("echo begin >>'" + trace + "'; sleep 0.2; echo end >>'" + trace + "'")) {
      JobSpool first = bench.begin("b", JobKind.BACKUP, List.of(folder.toString()), List.of());
      JobSpool second = bench.begin("a", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.await(second);

      assertThat(first.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(Files.readAllLines(trace)).containsExactly("begin", "end", "begin", "end");
    }
  }

  @Test
  void hugeAndBrokenLinesHarmNobody() throws IOException {
    try (JobBench bench =
        bench(
            "head -c 10000000 /dev/zero | tr '\\0' x; echo\n"
                + "printf 'bad \\377 byte\\n\\033[2Kescape\\n'\n"
                + "i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done\n"
                + "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\"}'")) {
      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      List<LogStream> lines = told.all(LogStream.class);
      // ours are the first and the last
      assertThat(lines).hasSize(20_006);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i).seq()).isEqualTo(i + 1);
      }
      assertThat(lines.get(1).payload()).startsWith("xxx").endsWith("more bytes]");
      assertThat(lines.get(2).payload()).isEqualTo("bad \uFFFD byte");
      assertThat(lines.get(3).payload()).isEqualTo("\u001b[2Kescape");
    }
  }

  @Test
  void codeThreeWithoutASnapshotIsAFailure() throws IOException {
    try (JobBench bench = bench("echo 'Fatal: nothing was saved' >&2; exit 3")) {
      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().exitCode()).isEqualTo(3);
      assertThat(told.end().error()).isEqualTo("nothing was saved");
    }
  }

  @Test
  void aBackupWhoseSnapshotsCannotBeListedHasSucceeded() throws IOException {
    Path fake =
        FakeRestic.in(
            folder, "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\"}'");
    Files.writeString(
        fake,
        Files.readString(fake)
            .replace("echo '[]'", "echo 'repository is already locked by PID 1' >&2; exit 11"));
    try (JobBench bench =
        JobBench.with(folder.resolve("data"), fake).repository("/repo", "password")) {
      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(told.first(SnapshotsReport.class)).isEmpty();
      assertThat(told.first(RepoStats.class)).isEmpty();
      assertThat(told.log())
          .contains("the snapshots could not be listed: the repository is locked");
    }
  }

  @Test
  void whatResticLeftOutIsFlaggedEvenIfItSaysThatAllIsWell() throws IOException {
    try (JobBench bench =
        bench(
            "echo '/vanished does not exist, skipping' >&2\n"
                + "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\"}'")) {
      assertThat(bench.backup("job-1", folder.toString()).end().error())
          .isEqualTo("1 path does not exist: /vanished");
    }
  }

  @Test
  void onlyTheNewSnapshotIsToldUntilADayHasPassed() throws IOException {
    try (JobBench bench = bench(LIKE_NEW_RESTIC)) {
      bench.agreedOn("snapshots_added");
      assertThat(report(bench.backup("job-1", folder.toString())).added()).isFalse();

      assertThat(report(bench.backup("job-2", folder.toString())).added()).isTrue();
      dayPasses();
      assertThat(report(bench.backup("job-3", folder.toString())).added()).isFalse();
    }
  }

  @Test
  void onlyTheWholeListSaysWhatIsInASnapshotThatLacksAPath() throws IOException {
    try (JobBench bench =
        bench("echo '/vanished does not exist, skipping' >&2\n" + LIKE_NEW_RESTIC)) {
      bench.agreedOn("snapshots_added").backup("job-1", folder.toString());

      assertThat(report(bench.backup("job-2", folder.toString())).added()).isFalse();
    }
  }

  @Test
  void aControlPlaneThatWantsTheWholeListGetsIt() throws IOException {
    try (JobBench bench = bench(LIKE_NEW_RESTIC)) {
      bench.backup("job-1", folder.toString());

      assertThat(report(bench.backup("job-2", folder.toString())).added()).isFalse();
    }
  }

  private static SnapshotsReport report(JobBench.Told told) {
    return told.first(SnapshotsReport.class).orElseThrow();
  }

  private void dayPasses() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data").resolve("cache"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("size-")).toList()) {
        Files.setLastModifiedTime(
            file, FileTime.from(Instant.now().minus(Duration.ofDays(1)).minusSeconds(1)));
      }
    }
  }

  @Test
  void progressNamesTheFileThatResticReads() throws IOException {
    Path go = folder.resolve("go");
    try (JobBench bench =
        bench(
            "echo '{\"message_type\":\"status\",\"percent_done\":0.5,\"total_bytes\":20,"
                + "\"bytes_done\":10,\"current_files\":[\"/srv/a\"]}'\n"
                + "while [ ! -e '"
                + go
                + "' ]; do sleep 0.05; done\n"
                + "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\"}'")) {
      JobSpool job = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      Awaitility.await()
          .atMost(JobBench.PATIENCE)
          .until(
              () -> bench.progress().map(JobProgress::currentFile), Optional.of("/srv/a")::equals);

      Files.createFile(go);
      assertThat(bench.await(job).end().status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  @Test
  void aBackupTooQuickForAStatusLineShowsProgressWhileItsSnapshotsAreListed() throws IOException {
    Path go = folder.resolve("go");
    Path fake =
        FakeRestic.in(
            folder,
            "echo '{\"message_type\":\"status\",\"percent_done\":0,\"total_bytes\":0}'\n"
                + "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\","
                + "\"total_files_processed\":3,\"total_bytes_processed\":700}'");
    Files.writeString(
        fake,
        Files.readString(fake)
            .replace("echo '[]'", "while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo '[]'"));
    try (JobBench bench =
        JobBench.with(folder.resolve("data"), fake).repository("/repo", "password")) {
      JobSpool job = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.awaitLog(job, "reading the list of snapshots");

      JobProgress progress = bench.progress().orElseThrow();
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(progress.percentDone()).isEqualTo(1);
      assertThat(progress.totalFiles()).isEqualTo(progress.filesDone()).isEqualTo(3);
      assertThat(progress.totalBytes()).isEqualTo(progress.bytesDone()).isEqualTo(700);

      Files.createFile(go);
      assertThat(bench.await(job).end().status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  /** As restic 0.18 does for ever when its cache finds no room. */
  @Test
  void aResticThatOnlyRepeatsItsStatusIsGivenUp() throws IOException {
    String forEver =
        """
        exec perl -e '$| = 1; for ($i = 1; ; $i++) {
          print qq({"message_type":"status","files_done":1,"bytes_done":1,"seconds_elapsed":$i}\\n);
          select(undef, undef, undef, 0.2);
        }'
        """;
    Path restic = FakeRestic.in(folder, forEver);
    try (JobBench bench =
        JobBench.withStandstill(folder.resolve("data"), restic, Duration.ofSeconds(2))) {
      bench.repository("/repo", "password");

      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().exitCode()).isEqualTo(-1);
      assertThat(told.end().error())
          .isEqualTo(
              "restic stood still: it said nothing new and used next to no processor time in 2 s");
    }
  }

  @Test
  void anyExitCodeIsReported() throws IOException {
    try (JobBench bench = bench("echo 'Fatal: odd' >&2; exit 77")) {
      JobBench.Told told = bench.backup("job-1", folder.toString());

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().exitCode()).isEqualTo(77);
      assertThat(told.end().error()).isEqualTo("odd");
    }
  }
}
