package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** What runs around a backup. */
class HooksTest {

  @TempDir Path folder;
  private Path trace;

  @BeforeEach
  void beginTrace() throws IOException {
    trace = Files.createFile(folder.resolve("trace"));
  }

  private JobBench bench() throws IOException {
    return bench(says("restic") + "\n" + FakeRestic.SUMMARY);
  }

  private JobBench bench(String backup) throws IOException {
    return JobBench.with(folder.resolve("data"), FakeRestic.in(folder, backup))
        .repository("/repo", "secret-password");
  }

  private JobBench nextAgent() throws IOException {
    return JobBench.with(folder.resolve("data"), folder.resolve("fake-restic"));
  }

  private String says(String word) {
    return "echo \"" + word + "\" >>'" + trace + "'";
  }

  private CommandRun.Builder job(String pre, String post, Long seconds) {
    return CommandRun.of("job-1", JobKind.BACKUP)
        .includes(List.of(folder.toString()))
        .tag("shop")
        .hooks(pre, post, seconds);
  }

  @Test
  void theyRunBeforeAndAfterResticAndKnowOfWhat() throws IOException {
    try (JobBench bench = bench()) {
      String post = says("after $RM_JOB_KIND of $RM_SOURCE_GROUP ($RM_JOB_ID): $RM_JOB_STATUS");
      JobBench.Told told =
          bench.run(job("echo dumped; echo odd >&2; " + says("before"), post, null));

      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(told.end().error()).isEmpty();
      assertThat(trace)
          .content()
          .isEqualTo("before\nrestic\nafter backup of shop (job-1): succeeded\n");
      assertThat(told.log())
          .contains("runs the pre hook", "stdout: dumped", "stderr: odd", "runs the post hook");
    }
  }

  @Test
  void aPreHookThatFailsKeepsResticFromStartingAndThePostHookHearsOfIt() throws IOException {
    try (JobBench bench = bench()) {
      JobBench.Told told = bench.run(job("exit 7", says("after $RM_JOB_STATUS"), null));

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().error()).isEqualTo("the pre hook ended with exit code 7");
      assertThat(trace).hasContent("after failed");
    }
  }

  @Test
  void aPostHookThatFailsLeavesTheBackupAsItIsAndIsSaid() throws IOException {
    try (JobBench bench = bench()) {
      JobBench.Told told = bench.run(job("", "exit 2", null));

      assertThat(told.end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(told.end().error()).isEqualTo("the post hook ended with exit code 2");
    }
  }

  @Test
  void thePostHookRunsAlsoWhenThereIsNoRestic() throws IOException {
    try (JobBench bench =
        new JobBench(folder.resolve("data"), Optional.empty(), "/no/such", Duration.ofMinutes(1))) {
      bench.repository("/repo", "secret-password");

      assertThat(bench.run(job("", says("after $RM_JOB_STATUS"), null)).end().error())
          .startsWith("restic was not found");
      assertThat(trace).hasContent("after failed");
    }
  }

  @Test
  void whatTakesTooLongIsEndedWithAllThatItStarted() throws IOException {
    Path child = folder.resolve("child");
    try (JobBench bench = bench()) {
      String pre = "sh -c 'echo $$ >\"" + child + "\"; exec sleep 600'; echo never";
      JobBench.Told told = bench.run(job(pre, "", 1L));

      assertThat(told.end().error()).isEqualTo("the pre hook took longer than 1 s");
      assertThat(trace).isEmptyFile();
      long pid = Long.parseLong(Files.readString(child).strip());
      Awaitility.await().until(() -> ProcessHandle.of(pid).isEmpty());
    }
  }

  @Test
  void theyLearnNoSecret() throws IOException {
    try (JobBench bench = bench()) {
      JobBench.Told told = bench.run(job("env", "env", null));

      assertThat(told.log()).contains("RM_SOURCE_GROUP=shop").doesNotContain("secret-password");
    }
  }

  @Test
  void aCancelEndsThePreHookAndThePostHookStillRuns() throws IOException {
    try (JobBench bench = bench()) {
      JobSpool job =
          bench.begin(job("echo up; sleep 600", says("after $RM_JOB_STATUS"), null).build());
      bench.awaitLog(job, "stdout: up");
      bench.cancel("job-1");

      assertThat(bench.await(job).end().status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(trace).hasContent("after cancelled");
    }
  }

  @Test
  void theNextAgentGoesOnWhereTheLastOneStopped() throws Exception {
    Path go = folder.resolve("go");
    String waits = "; while [ ! -e '" + go + "' ]; do sleep 0.05; done";
    JobBench first = bench();
    JobSpool job =
        first.begin(job("echo up; " + says("before") + waits, says("after"), null).build());
    first.awaitLog(job, "stdout: up");
    first.leave();
    Files.createFile(go);

    try (JobBench second = nextAgent()) {
      assertThat(second.await(second.held("job-1")).end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(trace).content().isEqualTo("before\nrestic\nafter\n");
    }
  }

  @Test
  void theOwnerOfTheHostCanForbidThem() throws IOException {
    try (JobBench bench =
        JobBench.withoutHooks(folder.resolve("data"), FakeRestic.in(folder, says("restic")))) {
      bench.repository("/repo", "secret-password");

      JobBench.Told told = bench.run(job(says("before"), says("after"), null));

      assertThat(told.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(told.end().error()).contains("RESTIC_MANAGER_AGENT_FORBID_HOOKS");
      assertThat(trace).isEmptyFile();
    }
  }
}
