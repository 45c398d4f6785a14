package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** Every job against every restic at hand, as it really answers. */
class RealResticTest {

  private static final String PASSWORD = "pass wörd $HOME 'x'";

  @TempDir Path folder;

  static Stream<Path> restics() {
    return RealRestic.all();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aBackupHoldsEveryByteOfFilesWithOddNames(Path restic) throws Exception {
    Path source = Files.createDirectory(folder.resolve("-so\nurce 'ü\""));
    Map<String, byte[]> files = new HashMap<>();
    for (String name :
        List.of("plain", "with space", "new\nline", "ünï \"cödé\"", "-dash", "empty")) {
      files.put(name, name.equals("empty") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8));
    }
    files.put("twin of plain", files.get("plain"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(source.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(source.resolve("left.ouït"), "excluded");
    String repository = folder.resolve("repo").toString();
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(repository, PASSWORD);
      JobBench.Told init = bench.init("job-1");
      assertThat(init.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(init.kinds())
          .containsSubsequence("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");

      JobBench.Told backup =
          bench.await(
              bench.begin("job-2", JobKind.BACKUP, List.of(source.toString()), List.of("*.ouït")));

      assertThat(backup.end().error()).isEmpty();
      assertThat(backup.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(backup.end().exitCode()).isZero();
      assertThat(backup.end().stats().getInt("total_files_processed")).isEqualTo(files.size());
      assertThat(backup.kinds())
          .containsSubsequence("JobStarted", "RepoStats", "SnapshotsReport", "JobFinished");
      Snapshot snapshot = backup.first(SnapshotsReport.class).orElseThrow().snapshots().get(0);
      assertThat(snapshot.hostname()).isEqualTo("the-host");
      assertThat(snapshot.tags()).containsExactly("the-group");
      assertThat(snapshot.paths()).containsExactly(source.toString());
      assertThat(snapshot.fileCount()).isEqualTo(files.size());
      assertThat(snapshot.sizeBytes()).isPositive();
      RepoStats stats = backup.first(RepoStats.class).orElseThrow();
      assertThat(stats.snapshotCount()).isEqualTo(1);
      assertThat(stats.rawSizeBytes()).isPositive();
      boolean tells = !restic.toString().contains("0.14");
      assertThat(backup.kinds().stream().filter("RepoStats"::equals))
          .as("the size without compression has a message of its own; restic 0.14 does not say it")
          .hasSize(tells ? 2 : 1);
      assertThat(stats.uniqueFiles()).as("files of the same content are one").isEqualTo(6);
      assertThat(backup.log()).contains("event: {\"message_type\":\"summary\"");
      assertThat(backup.log()).doesNotContain("\"status\"", PASSWORD);

      JobBench.Told again =
          bench.await(
              bench.begin("job-3", JobKind.BACKUP, List.of(source.toString()), List.of("*.ouït")));
      assertThat(again.first(RepoStats.class).orElseThrow().snapshotCount()).isEqualTo(2);
      assertThat(again.first(RepoStats.class).orElseThrow().rawSizeBytes())
          .as("asked for once a day")
          .isNull();
    }

    Path target = folder.resolve("restored");
    restic(restic, repository, "restore", "latest", "--target", target.toString());
    Path restored = target.resolve(source.toString().substring(1));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(restored.resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
    assertThat(restored.resolve("left.ouït")).doesNotExist();
  }

  static Stream<Path> newestOrAllRestics() {
    return RealRestic.newestOrAll();
  }

  @ParameterizedTest
  @MethodSource("newestOrAllRestics")
  void aBackupTellsOfItsSnapshotAsResticListsIt(Path restic) throws IOException {
    Path source = Files.createDirectory(folder.resolve("so\nurce 'ü\""));
    Path file = Files.writeString(source.resolve("file"), "12345");
    Files.createDirectory(source.resolve("sub"));
    boolean tells = !restic.toString().contains("0.14");
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD).agreedOn("snapshots_added");
      bench.init("job-1");
      JobBench.Told first = bench.backup("job-2", source.toString());
      assertThat(first.first(SnapshotsReport.class).orElseThrow().added())
          .as("with the size, once a day, comes the whole list")
          .isFalse();

      JobBench.Told second = bench.backup("job-3", source + "/", source + "/./sub/..//file");

      SnapshotsReport report = second.first(SnapshotsReport.class).orElseThrow();
      List<Snapshot> listed =
          bench.init("job-4").first(SnapshotsReport.class).orElseThrow().snapshots();
      assertThat(listed).hasSize(2);
      if (tells) {
        assertThat(report).isEqualTo(SnapshotsReport.added(List.of(listed.get(1))));
        assertThat(listed.get(1).paths()).contains(source.toString(), file.toString());
        assertThat(second.kinds()).containsExactly("JobStarted", "SnapshotsReport", "JobFinished");
      } else {
        assertThat(report.added()).as("restic 0.14 says too little").isFalse();
        assertThat(report.snapshots()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void initOfAnExistingRepositorySucceeds(Path restic) throws IOException {
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD);
      bench.init("job-1");

      JobBench.Told again = bench.init("job-2");

      assertThat(again.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(again.log()).contains("exists already");
      assertThat(again.first(SnapshotsReport.class).orElseThrow().snapshots()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aWrongPasswordIsSaid(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD);
      bench.init("job-1");
      bench.repository(folder.resolve("repo").toString(), "another");

      assertFailed(bench.init("job-2"), 12, "the repository's password is wrong");
      assertFailed(
          bench.backup("job-3", source.toString()), 12, "the repository's password is wrong");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aMissingRepositoryIsSaid(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(folder.resolve("nowhere").toString(), PASSWORD);

      assertFailed(bench.backup("job-1", source.toString()), 10, "there is no repository");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aLockNamesWhoHoldsIt(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    String repository = folder.resolve("repo").toString();
    String source = slow.source(4).toString();
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(repository, PASSWORD);
      bench.init("job-1");
      assertThat(bench.backup("job-2", source).end().exitCode()).isZero();
      Process holder = slow.lockExclusively(repository, PASSWORD);
      try {
        assertFailed(
            bench.backup("job-3", source),
            11,
            "the repository is locked by PID " + holder.pid() + " on ");
      } finally {
        holder.destroyForcibly().waitFor();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aResticThatSomebodyElseInterruptsIsToldFromOneThatFails(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    try (JobBench bench = JobBench.with(folder.resolve("data"), slow.program(2000, 0))) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD);
      bench.init("job-1");
      JobSpool job = beginSlowBackup(bench, slow);
      String pid = Files.readAllLines(job.folder().resolve("backup.pid")).get(1);

      new ProcessBuilder("kill", "-INT", pid).start().waitFor();

      assertFailed(bench.await(job), 130, "ended by a signal that somebody on this host sent");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aMissingPathIsLeftOutAndFlagged(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    Path gone = folder.resolve("gone");
    try (JobBench bench = JobBench.with(folder.resolve("data"), restic)) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD);
      bench.init("job-1");

      JobBench.Told backup = bench.backup("job-2", source.toString(), gone.toString());

      assertThat(backup.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(backup.end().exitCode()).isEqualTo(3);
      assertThat(backup.end().error()).isEqualTo("1 path does not exist: " + gone);
      assertThat(backup.log()).contains("gone does not exist on this host and is left out");
      assertFailed(bench.backup("job-3", gone.toString()), -1, "none of the paths exists");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aServerThatIsDownIsUnreachable(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    int port;
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress("127.0.0.1", 0));
      port = free.getLocalPort();
    }
    try (JobBench bench =
        new JobBench(folder.resolve("data"), Optional.of(restic), "", Duration.ofSeconds(2))) {
      bench
          .repository("rest:http://127.0.0.1:" + port + "/r/", PASSWORD)
          .restUser("u", "credential");

      JobBench.Told backup = bench.backup("job-1", source.toString());

      assertFailed(backup, backup.end().exitCode(), "the repository is not reachable");
      assertThat(backup.end().exitCode()).isIn(-1, 1);
      assertThat(backup.log() + backup.end().error()).doesNotContain("credential");
    }
  }

  /** It takes the connection and never says a word; nor does restic. */
  @ParameterizedTest
  @MethodSource("restics")
  void aResticThatWaitsForEverIsGivenUp(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JobBench bench =
            JobBench.withStandstill(folder.resolve("data"), restic, Duration.ofSeconds(4))) {
      bench
          .repository("rest:http://127.0.0.1:" + mute.getLocalPort() + "/r/", PASSWORD)
          .restUser("u", "credential");

      JobBench.Told backup = bench.backup("job-1", source.toString());

      assertFailed(backup, -1, "restic stood still");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void anUnreadableFileIsFlagged(Path restic) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("readable"), "x");
    Files.writeString(source.resolve("secret"), "x");
    Files.setPosixFilePermissions(source.resolve("secret"), Set.of());
    try (JobBench bench = JobBench.with(folder.resolve("data"), Unprivileged.of(restic, folder))) {
      bench.repository(folder.resolve("repo").toString(), PASSWORD);
      bench.init("job-1");

      JobBench.Told backup = bench.backup("job-2", source.toString());

      assertThat(backup.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(backup.end().exitCode()).isEqualTo(3);
      assertThat(backup.end().error())
          .isEqualTo("1 file could not be read: " + source + "/secret (permission denied)");
      assertThat(backup.log()).contains("event: {\"message_type\":\"error\"");
      assertThat(backup.first(SnapshotsReport.class).orElseThrow().snapshots()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aRepositoryFolderThatMayNotBeWrittenIsSaid(Path restic) throws IOException {
    Path source = Files.writeString(folder.resolve("file"), "x");
    Path locked = Files.createDirectory(folder.resolve("locked"));
    try (JobBench bench = JobBench.with(folder.resolve("data"), Unprivileged.of(restic, folder))) {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
      bench.repository(locked.resolve("repo").toString(), PASSWORD);

      JobBench.Told init = bench.init("job-1");

      assertFailed(init, 1, "may not be read or written by this agent; check the rights");
      assertThat(init.end().error()).contains("permission denied");
      assertFailed(bench.backup("job-2", source.toString()), 10, "there is no repository");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aCancelledBackupEndsInOrderAndLeavesNoLock(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    String repository = folder.resolve("repo").toString();
    try (JobBench bench = JobBench.with(folder.resolve("data"), slow.program(2000, 0))) {
      bench.repository(repository, PASSWORD);
      bench.init("job-1");
      JobSpool job = beginSlowBackup(bench, slow);
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isNotEmpty();

      bench.cancel("job-2");
      JobBench.Told told = bench.await(job);

      assertThat(told.kinds()).containsExactly("JobStarted", "JobFinished");
      assertThat(told.end().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(told.end().exitCode()).isEqualTo(130);
      assertThat(told.end().error()).isEqualTo("cancelled");
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
      assertThat(slow.calls()).containsExactly("cat", "init", "backup");
    }
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aBackupThatHadToBeKilledLeavesNoLockEither(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    String repository = folder.resolve("repo").toString();
    try (JobBench bench = JobBench.with(folder.resolve("data"), slow.program(2000, 0))) {
      bench.repository(repository, PASSWORD);
      bench.init("job-1");
      JobSpool job = beginSlowBackup(bench, slow);
      long pid = Long.parseLong(Files.readAllLines(job.folder().resolve("backup.pid")).get(1));
      // it hears no signal, and was asked to end long ago
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      Path asked = Files.writeString(job.folder().resolve("backup.int"), "cancelled");
      Files.setLastModifiedTime(asked, FileTime.from(Instant.now().minusSeconds(31)));

      bench.cancel("job-2");
      JobBench.Told told = bench.await(job);

      assertThat(told.end().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(told.end().exitCode()).isEqualTo(130);
      assertThat(told.end().error()).contains("had to be killed");
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
      assertThat(slow.calls()).containsExactly("cat", "init", "backup", "unlock");
    }
  }

  private static JobSpool beginSlowBackup(JobBench bench, SlowRestic slow) throws IOException {
    String source = slow.source(60).toString();
    JobSpool job = bench.begin("job-2", JobKind.BACKUP, List.of(source), List.of());
    Awaitility.await()
        .atMost(JobBench.PATIENCE)
        .until(() -> bench.progress().filter(seen -> seen.bytesDone() > 0).isPresent());
    return job;
  }

  private static void assertFailed(JobBench.Told told, int exitCode, String reason) {
    assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
    assertThat(told.end().exitCode()).as(told.end().error()).isEqualTo(exitCode);
    assertThat(told.end().error()).contains(reason).doesNotContain("\n");
    assertThat(told.kinds()).containsExactly("JobStarted", "JobFinished");
  }

  private void restic(Path restic, String repository, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(restic.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RESTIC_REPOSITORY", repository);
    builder.environment().put("RESTIC_PASSWORD", PASSWORD);
    builder.environment().put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
