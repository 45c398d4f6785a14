package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/** A data folder on a disk that fills up while a job runs; needs the right to mount one. */
class FullDiskTest {

  @TempDir Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0;
    assumeThat(mounted).as("may mount a small disk").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void theResultOfAJobIsNotLostAndItsLogSaysThatLinesAre() throws Exception {
    Path full = folder.resolve("full");
    Path go = folder.resolve("go");
    Path restic =
        restic(
            "echo first\n"
                + "head -c 9000000 /dev/zero >'"
                + disk
                + "/filler' 2>/dev/null\n"
                + "touch '"
                + full
                + "'\n"
                // what restic had written before is read when there is no room to keep it
                + "while [ ! -e '"
                + go
                + "' ]; do sleep 0.05; done\n"
                + "exit 0");
    try (JobBench bench =
        JobBench.with(disk.resolve("data"), restic).repository("/repo", "password")) {
      JobSpool job = bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of());
      bench.awaitLog(job, "stdout: first");
      awaitFile(full);
      for (int i = 0; i < 50; i++) {
        job.appendLine(LogStreamName.STDOUT, Instant.now(), "x".repeat(8000));
      }
      Files.createFile(go);
      JobBench.Told told = bench.await(job);

      assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThan(512 * 1024);
      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(told.end().exitCode()).isZero();
      assertThat(told.log())
          .containsPattern("restic-manager: \\d+ lines were not kept, they could");
      assertThat(told.all(LogStream.class).stream().map(LogStream::seq))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, told.all(LogStream.class).size()).boxed().toList());
      assertThat(job.folder().resolve("backup.exit")).content().isEqualToIgnoringWhitespace("0");

      bench.confirm("job-1");
      Files.delete(disk.resolve("filler"));
      Files.writeString(restic, Files.readString(restic).replace("head -c", "true"));
      assertThat(bench.backup("job-2", folder.toString()).end().status())
          .isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  @Test
  void aBackupOfWhichNoMoreThanTheExitCodeCouldBeStoredIsBelieved() throws Exception {
    JobBench.Told told = endOnFullDisk(3);

    assertThat(told.end().status()).as(told.end().error()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(told.end().exitCode()).isEqualTo(3);
    assertThat(told.end().error()).contains("could not be stored", "files could not be read");
  }

  @Test
  void aBackupThatFailedOnAFullDiskSaysSoAndBlamesNoRights() throws Exception {
    JobBench.Told told = endOnFullDisk(1);

    assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
    assertThat(told.end().error()).contains("no space left").doesNotContain("rights");
  }

  /** Not all complaints find a place, one is cut, and the summary is lost. */
  private JobBench.Told endOnFullDisk(int code) throws Exception {
    Path restic =
        restic(
            "head -c 9000000 /dev/zero >'"
                + disk
                + "/filler' 2>/dev/null\n"
                + "truncate -s -8K '"
                + disk
                + "/filler'\n"
                + "i=0\n"
                + "while [ $i -lt 3000 ]; do\n"
                + "  echo '{\"message_type\":\"error\",\"error\":{\"message\":\"open"
                + " /source/file: permission denied\"},\"during\":\"archival\",\"item\":"
                + "\"/source/file'$i'\"}' >&2\n"
                + "  i=$((i+1))\n"
                + "done\n"
                + "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0123456789abcdef\"}'\n"
                + "exit "
                + code);
    try (JobBench bench =
        JobBench.with(disk.resolve("data"), restic).repository("/repo", "password")) {
      return bench.await(
          bench.begin("job-1", JobKind.BACKUP, List.of(folder.toString()), List.of()));
    }
  }

  private static void awaitFile(Path file) {
    Awaitility.await().atMost(JobBench.PATIENCE).until(() -> Files.exists(file));
  }

  private Path restic(String backup) throws IOException {
    Path fake = folder.resolve("fake-restic");
    Files.writeString(
        fake,
        "#!/bin/sh\ncase \"$1\" in\nversion) echo 'restic 0.18.0 compiled with go1.24';;\n"
            + "snapshots) echo '[]';;\nstats) echo '{\"total_size\":5}';;\nbackup)\n"
            + backup
            + "\n;;\nesac\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
    return fake;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
