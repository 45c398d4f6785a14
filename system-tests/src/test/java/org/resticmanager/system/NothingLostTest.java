package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server and agent may be stopped or killed at any moment. */
@ExtendWith(FailureReport.class)
class NothingLostTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int FOLDERS = 4;
  private static final int UNREADABLE_FILES = 500;
  private static final int LARGE_MEBIBYTES = 120;

  private static ControlPlane controlPlane;
  private static Scratch scratch;
  private static Path source;

  @BeforeAll
  static void prepare() throws IOException {
    controlPlane = new ControlPlane();
    scratch = new Scratch("source");
    source = scratch.newFolder("files");
    for (int folder = 0; folder < FOLDERS; folder++) {
      fill(scratch.newFolder("files/" + folder), folder);
    }
  }

  /**
   * Takes restic a while, and makes a log as long as the number of files: each that it cannot read
   * is a line.
   */
  private static void fill(Path folder, int seed) throws IOException {
    for (int i = 0; i < UNREADABLE_FILES; i++) {
      Files.setPosixFilePermissions(
          Files.createFile(folder.resolve("unreadable-" + seed + "-" + i + ".")),
          PosixFilePermissions.fromString("---------"));
    }
    SourceFiles.large(folder.resolve("large"), LARGE_MEBIBYTES, seed);
  }

  @AfterAll
  static void end() {
    scratch.close();
    controlPlane.close();
  }

  @Test
  @Tag("standalone")
  void backupGoesOnWhileTheServerIsKilledAndStartedAgain() {
    assertBackupSurvives("server-killed", ControlPlane::kill);
  }

  @Test
  @Tag("standalone")
  void backupGoesOnWhileTheServerAndItsDatabaseAreKilledAndStartedAgain() {
    assertBackupSurvives("all-killed", ControlPlane::killEverything);
  }

  /** Within the time that service managers allow, and with nothing left running. */
  @Test
  void backupGoesOnAndAQueuedOneWaitsWhileTheServerIsStoppedAndStartedAgain() {
    Admin admin = controlPlane.admin();
    try (AgentHost late = new AgentHost("late", Project.newestRestic()).asTestUser()) {
      String host = late.join(controlPlane);
      connect(host, late);
      admin.awaitIdle(host);
      late.stop();
      String waiting = admin.runNow(host, GROUP);

      assertBackupSurvives("server-stopped", ControlPlane::stop);

      assertThat(admin.job(waiting).getString("status")).isEqualTo("queued");
      late.start();
      JsonObject ended = admin.awaitEnd(waiting, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
    }
  }

  private static void assertBackupSurvives(String name, Consumer<ControlPlane> end) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost(name, Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = connect(host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);
      assertThat(admin.job(job).getString("status")).isEqualTo("running");

      end.accept(controlPlane);
      controlPlane.start();

      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
      assertThat(ended.getInt("exitCode")).isEqualTo(3);
      List<JsonObject> log = admin.log(job);
      FirstBackupTest.assertLogIsComplete(log);
      assertThat(namesOfUnreadableFiles(log))
          .as("files that the log names")
          .doesNotHaveDuplicates()
          .hasSize(FOLDERS * UNREADABLE_FILES);
      assertThat(repository.snapshots()).hasSize(1);
      assertThat(admin.snapshots(host)).hasSize(1);
      assertThat(admin.jobs(host))
          .extracting(each -> each.getString("kind"))
          .containsExactly("backup", "init");
      assertThat(repository.locks()).isEmpty();
    }
  }

  private static List<String> namesOfUnreadableFiles(List<JsonObject> log) {
    return log.stream()
        .map(line -> line.getString("text"))
        .filter(text -> text.contains("unreadable-"))
        .map(text -> text.replaceFirst("(?s).*?(unreadable-[0-9]+-[0-9]+\\.).*", "$1"))
        .toList();
  }

  @Test
  void jobOfAnAgentThatWasKilledEndsWithItsReasonAndTheNextOneWorks() {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("agent-killed", Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = connect(host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);

      machine.kill();
      assertThat(machine.processes()).as("restic goes on without the agent").isNotEmpty();
      machine.start();

      JsonObject ended = admin.awaitEnd(job, LIMIT);
      if (ended.getString("status").equals("failed")) {
        assertThat(Admin.error(ended)).contains("agent", "restart");
      }
      FirstBackupTest.assertLogIsComplete(admin.log(job));

      JsonObject next = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);
      assertThat(next.getString("status")).as(next.toString()).isEqualTo("succeeded");
      assertThat(repository.locks()).isEmpty();
      assertThat(repository.snapshots())
          .extracting(snapshot -> snapshot.asJsonObject().getString("id"))
          .anyMatch(id -> id.startsWith(next.getString("snapshotId")));
      assertThat(admin.snapshots(host)).hasSameSizeAs(repository.snapshots());
    }
  }

  @Test
  void jobOfAnAgentThatWasStoppedEndsWithItsReasonAndLeavesNoLock() {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("agent-stopped", Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = connect(host, machine);
      String job = admin.runNow(host, GROUP);
      admin.awaitProgress(job);

      machine.stop();

      assertThat(machine.processes()).isEmpty();
      assertThat(repository.locks()).isEmpty();
      machine.start();
      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isIn("failed", "cancelled");
      assertThat(Admin.error(ended)).contains("agent was stopped");
    }
  }

  private static Restic.Repository connect(String host, AgentHost machine) {
    Admin admin = controlPlane.admin();
    String password = Secrets.random();
    Path folder = TestUser.give(machine.newFolder("repository")).resolve("here");
    admin.connect(host, admin.addRepository(machine.name(), folder.toString(), password));
    admin.putSourceGroup(host, GROUP, List.of(source.toString()));
    return Project.newestRestic().repository(folder, password);
  }
}
