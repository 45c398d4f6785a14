package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole path, from an enrolment token to the restored bytes. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class FirstBackupTest {

  private static final String GROUP = "Fotos - 日本 2026";
  private static final int LARGE_MEBIBYTES = 200;
  private static final Duration BACKUP_LIMIT = Duration.ofMinutes(2);

  private static Scratch scratch;
  private static Path source;

  @BeforeAll
  static void makeFiles() {
    scratch = new Scratch("source");
    source = scratch.newFolder("Bilder & \"Töne\" 😀");
    SourceFiles.odd(source, LARGE_MEBIBYTES);
  }

  @AfterAll
  static void deleteFiles() {
    scratch.close();
  }

  static List<Restic> everyRestic() {
    return Project.restics();
  }

  @ParameterizedTest
  @MethodSource("everyRestic")
  void whatWasBackedUpCanBeRestoredByteByByte(Restic restic, ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("first-" + restic.version(), restic)) {
      String host = machine.join(controlPlane);
      assertThat(admin.host(host).getString("resticVersion")).isEqualTo(restic.version());

      String password = "päss wörd " + Secrets.random();
      Path repositoryFolder = machine.folder().resolve("repository ü");
      admin.connect(
          host, admin.addRepository(machine.name(), repositoryFolder.toString(), password));
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      String job = admin.runNow(host, GROUP);

      List<JsonObject> seen = new ArrayList<>();
      JsonObject ended = admin.watch(job, BACKUP_LIMIT, seen::add);

      assertThat(ended.getString("status")).as("the job: " + ended).isEqualTo("succeeded");
      assertThat(ended.getBoolean("flagged")).isFalse();
      assertThat(ended.getInt("exitCode")).isZero();
      JsonObject progress = ended.getJsonObject("progress");
      assertThat(progress.getJsonNumber("percentDone").doubleValue()).isEqualTo(1);
      assertThat(progress.getInt("bytesDone"))
          .isEqualTo(progress.getInt("totalBytes"))
          .isGreaterThan(LARGE_MEBIBYTES << 20);
      assertThat(seen)
          .as("states of the job that the API showed")
          .anyMatch(state -> state.getString("status").equals("running") && inProgress(state));
      assertThat(admin.jobs(host))
          .extracting(each -> each.getString("kind") + " " + each.getString("status"))
          .containsExactly("backup succeeded", "init succeeded");
      assertLogIsComplete(admin.log(job));

      Restic.Repository repository = restic.repository(repositoryFolder, password);
      JsonArray snapshots = repository.snapshots();
      assertThat(snapshots).hasSize(1);
      JsonObject snapshot = snapshots.getJsonObject(0);
      String id = snapshot.getString("id");
      assertThat(id).startsWith(ended.getString("snapshotId"));
      assertThat(snapshot.getString("hostname")).isEqualTo(machine.name());
      assertThat(texts(snapshot, "tags")).containsExactly(GROUP);
      assertThat(texts(snapshot, "paths")).containsExactly(source.toString());
      assertThat(repository.paths(id)).containsAll(SourceFiles.paths(source));
      assertThat(repository.locks()).isEmpty();

      assertThat(admin.snapshots(host)).hasSize(1);
      JsonObject listed = admin.snapshots(host).get(0);
      assertThat(listed.getString("id")).isEqualTo(id);
      assertThat(listed.getString("hostname")).isEqualTo(machine.name());
      assertThat(texts(listed, "tags")).containsExactly(GROUP);
      assertThat(texts(listed, "paths")).containsExactly(source.toString());

      Path target = machine.newFolder("restored");
      repository.restore(id, target);
      SourceFiles.assertSame(source, target.resolve(Path.of("/").relativize(source)));

      machine.stop();
      assertThat(machine.processes()).isEmpty();
    }
  }

  @Test
  void eachBackupGoesToTheRepositoryThatTheHostIsConnectedTo(ControlPlane controlPlane)
      throws IOException {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("moving", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      Path file = Files.writeString(machine.newFolder("files").resolve("file"), "content");
      admin.putSourceGroup(host, GROUP, List.of(file.toString()));
      for (int move = 0; move < 5; move++) {
        String password = Secrets.random();
        Path folder = machine.folder().resolve("repository-" + move);
        admin.connect(host, admin.addRepository("moving-" + move, folder.toString(), password));
        // asked for at once: it must not overtake the new connection
        String job = admin.runNow(host, GROUP);

        JsonObject ended = admin.awaitEnd(job, BACKUP_LIMIT);

        assertThat(ended.getString("status"))
            .as("move " + move + ": " + ended)
            .isEqualTo("succeeded");
        assertThat(Project.newestRestic().repository(folder, password).snapshots())
            .extracting(snapshot -> snapshot.asJsonObject().getString("id"))
            .singleElement()
            .isEqualTo(ended.getString("snapshotId"));
      }
    }
  }

  private static boolean inProgress(JsonObject job) {
    return job.containsKey("progress") && job.getJsonObject("progress").getInt("totalBytes") > 0;
  }

  static void assertLogIsComplete(List<JsonObject> log) {
    assertThat(log).isNotEmpty();
    assertThat(log)
        .extracting(Admin::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
  }

  private static List<String> texts(JsonObject object, String key) {
    return object.getJsonArray(key).getValuesAs(JsonString::getString);
  }
}
