package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A backup that takes restic a while and makes a long log: each file that it cannot read is a line.
 * Only for agents that run {@link AgentHost#asTestUser}: nobody withholds a file from root.
 */
final class LongBackup implements AutoCloseable {

  static final String GROUP = "files";

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int FOLDERS = 4;

  private final Scratch scratch = new Scratch("source");
  private final Path source = scratch.newFolder("files");
  private final int unreadableFiles;

  /**
   * @param mebibytes to be saved
   * @param unreadableFiles that are not
   */
  LongBackup(int mebibytes, int unreadableFiles) {
    this.unreadableFiles = unreadableFiles;
    for (int folder = 0; folder < FOLDERS; folder++) {
      fill(
          scratch.newFolder("files/" + folder),
          folder,
          mebibytes / FOLDERS,
          unreadableFiles / FOLDERS);
    }
  }

  private static void fill(Path folder, int seed, int mebibytes, int unreadable) {
    try {
      for (int i = 0; i < unreadable; i++) {
        Files.setPosixFilePermissions(
            Files.createFile(folder.resolve("unreadable-" + seed + "-" + i + ".")),
            PosixFilePermissions.fromString("---------"));
      }
      SourceFiles.large(folder.resolve("large"), mebibytes, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the machine a new repository and this to back up; returns when both can be used. */
  Restic.Repository prepare(Admin admin, String host, AgentHost machine) {
    String password = Secrets.random();
    Path folder = TestUser.give(machine.newFolder("repository")).resolve("here");
    admin.connect(host, admin.addRepository(machine.name(), folder.toString(), password));
    admin.putSourceGroup(host, GROUP, List.of(source.toString()));
    admin.awaitInit(host);
    return Project.newestRestic().repository(folder, password);
  }

  /**
   * Backs up a machine whose connection breaks at this moment: the backup must be done once all the
   * same, and the host be online again.
   *
   * @param name the machine's
   * @param fault what happens to the connection
   * @param afterwards what is done or waited for then
   */
  void assertDoneOnceInSpiteOf(
      Consumer<Wire.Link> fault,
      Moment moment,
      ControlPlane controlPlane,
      String name,
      Consumer<Wire> afterwards) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        AgentHost machine = new AgentHost(name, Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane, wire.url());
      Restic.Repository repository = prepare(admin, host, machine);
      Wire.Trap trap = wire.before(moment.frame(), fault);

      String job = admin.runNow(host, GROUP);
      trap.await();
      afterwards.accept(wire);

      assertDoneOnce(admin, job, machine, repository);
      admin.awaitOnline(host);
    }
  }

  /** Waits for the job's end: it must have run once, to its end, and everything must tell so. */
  JsonObject assertDoneOnce(
      Admin admin, String job, AgentHost machine, Restic.Repository repository) {
    JsonObject ended = admin.awaitEnd(job, LIMIT);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
    assertThat(ended.getInt("exitCode")).isEqualTo(3);
    assertLogIsComplete(admin.log(job));

    String host = ended.getString("hostId");
    assertThat(admin.jobs(host))
        .extracting(each -> each.getString("kind"))
        .containsExactly("backup", "init");
    assertThat(machine.log().split("job " + job + ": backup started", -1))
        .as("what the agent says before, between and after its beginnings")
        .hasSize(2);
    assertThat(repository.snapshots())
        .extracting(snapshot -> snapshot.asJsonObject().getString("id"))
        .containsExactly(ended.getString("snapshotId"));
    assertThat(admin.snapshots(host)).hasSize(1);
    assertThat(repository.locks()).isEmpty();
    return ended;
  }

  /** No line is missing, and none is there twice. */
  void assertLogIsComplete(List<JsonObject> log) {
    FirstBackupTest.assertLogIsComplete(log);
    assertThat(
            log.stream()
                .map(line -> line.getString("text"))
                .filter(text -> text.contains("unreadable-"))
                .map(text -> text.replaceFirst("(?s).*?(unreadable-[0-9]+-[0-9]+\\.).*", "$1")))
        .as("files that the log names")
        .doesNotHaveDuplicates()
        .hasSize(unreadableFiles);
    assertThat(log.stream().filter(line -> line.getString("text").contains("\"summary\"")))
        .as("restic's summary")
        .hasSize(1);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
