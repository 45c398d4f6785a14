package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** Another password comes, and the old one goes, with every restic at hand. */
class KeyJobsTest {

  private static final String OLD = "the old password";
  private static final String NEW = "the new päss'word";
  private static final String SOMEBODYS = "somebody's own";

  @TempDir Path folder;

  private int jobs;

  static Stream<Path> restics() {
    return RealRestic.newestOrAll();
  }

  private JobBench bench(Path restic) throws IOException {
    JobBench bench = JobBench.with(folder.resolve("agent"), restic);
    bench.repository(repository(), OLD);
    assertThat(bench.init("init").end().status()).isEqualTo(JobStatus.SUCCEEDED);
    return bench;
  }

  private String repository() {
    return folder.resolve("repo").toString();
  }

  private JobBench.Told run(JobBench bench, JobKind kind) throws IOException {
    jobs++;
    return bench.run(CommandRun.of("key-" + jobs, kind));
  }

  private void assertSucceeded(JobBench.Told told) {
    JobFinished end = told.end();
    assertThat(end.status()).as(end.error()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(told.log()).doesNotContain(OLD, NEW);
  }

  private void assertOpens(SlowRestic asked, String password) throws Exception {
    assertThat(asked.ask(repository(), password, "cat", "config", "--no-lock")).isNotEmpty();
  }

  private void assertOpensNothing(SlowRestic asked, String password) {
    assertThatThrownBy(() -> asked.ask(repository(), password, "cat", "config", "--no-lock"))
        .isInstanceOf(AssertionError.class);
  }

  private long keys(SlowRestic asked, String password) throws Exception {
    return asked.ask(repository(), password, "list", "keys", "--no-lock").lines().count();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void newPasswordOpensBesideTheOldOneAndThenInsteadOfItAndOthersStay(Path restic)
      throws Exception {
    SlowRestic asked = new SlowRestic(folder, restic);
    try (JobBench bench = bench(restic)) {
      addByHand(asked, SOMEBODYS);
      addByHand(asked, OLD);
      bench.keyPassword(NEW);

      assertSucceeded(run(bench, JobKind.KEY_ADD));
      assertOpens(asked, OLD);
      assertOpens(asked, NEW);
      assertSucceeded(run(bench, JobKind.KEY_ADD));
      assertThat(keys(asked, NEW)).as("asked twice, added once").isEqualTo(4);

      bench.repository(repository(), NEW).keyPassword(OLD);
      assertSucceeded(run(bench, JobKind.KEY_REMOVE));
      assertOpensNothing(asked, OLD);
      assertOpens(asked, NEW);
      assertOpens(asked, SOMEBODYS);
      assertThat(keys(asked, NEW)).isEqualTo(2);
      assertSucceeded(run(bench, JobKind.KEY_REMOVE));
      assertThat(asked.ask(repository(), NEW, "list", "locks", "--no-lock")).isEmpty();
    }
  }

  private void addByHand(SlowRestic asked, String password) throws Exception {
    Path file = Files.writeString(folder.resolve("by-hand"), password);
    asked.ask(repository(), OLD, "key", "add", "--new-password-file", file.toString());
  }

  @Test
  void whatIsNotWantedAnyMoreIsNotDone() throws Exception {
    Path restic = RealRestic.newest();
    SlowRestic asked = new SlowRestic(folder, restic);
    try (JobBench bench = bench(restic)) {
      assertThat(run(bench, JobKind.KEY_ADD).end().error()).contains("not wanted any more");
      assertThat(run(bench, JobKind.KEY_REMOVE).end().error()).contains("not wanted gone");
      bench.keyPassword(OLD);
      assertThat(run(bench, JobKind.KEY_REMOVE).end().error()).contains("is the one in use");
      assertThat(keys(asked, OLD)).isEqualTo(1);
    }
  }

  @Test
  void wrongPasswordOfTheRepositoryIsSaidAndNothingIsAddedOrRemoved() throws Exception {
    Path restic = RealRestic.newest();
    SlowRestic asked = new SlowRestic(folder, restic);
    try (JobBench bench = bench(restic)) {
      bench.repository(repository(), "neither").keyPassword(NEW);
      JobFinished added = run(bench, JobKind.KEY_ADD).end();
      assertThat(added.exitCode()).isEqualTo(12);
      assertThat(added.error()).contains("password is wrong");

      bench.keyPassword(OLD);
      assertThat(run(bench, JobKind.KEY_REMOVE).end().exitCode()).isEqualTo(12);
      assertThat(keys(asked, OLD)).isEqualTo(1);
    }
  }

  @Test
  void agentThatLeavesWhileTheKeyIsAddedFindsItAddedOnceAndNoSecretLeft() throws Exception {
    SlowRestic slow = new SlowRestic(folder, RealRestic.newest());
    Path restic = slow.heldAt("key add");
    CommandRun command = CommandRun.of("left", JobKind.KEY_ADD).build();
    Path secret = folder.resolve("agent/jobs/left/new-password");
    try (JobBench first = bench(restic).keyPassword(NEW)) {
      first.begin(command);
      slow.awaitHeld();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
      first.leave();
    }
    slow.release();
    try (JobBench second = JobBench.with(folder.resolve("agent"), restic)) {
      JobSpool job = second.held("left");
      assertSucceeded(second.await(job));
    }
    assertThat(secret).doesNotExist();
    assertOpens(slow, NEW);
    assertThat(keys(slow, NEW)).isEqualTo(2);
  }
}
