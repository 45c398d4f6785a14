package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputParsingTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void everyStatusLineOfABackupIsAProgressWithinBounds(String version) {
    List<BackupStatus> statuses =
        objects(version, "backup-first.jsonl").stream()
            .filter(object -> JsonLine.type(object).equals("status"))
            .map(BackupStatus::of)
            .toList();

    assertThat(statuses)
        .isNotEmpty()
        .allSatisfy(status -> assertThat(status.fractionDone()).isBetween(0.0, 1.0))
        .anySatisfy(status -> assertThat(status.bytesDone()).isPositive())
        .anySatisfy(status -> assertThat(status.currentFile()).contains("/data/big"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void theSummaryOfABackupNamesItsSnapshot(String version) {
    BackupSummary summary =
        objects(version, "backup-first.jsonl").stream()
            .filter(object -> JsonLine.type(object).equals("summary"))
            .map(BackupSummary::of)
            .findFirst()
            .orElseThrow();

    assertThat(summary.snapshotId().orElseThrow()).matches("[0-9a-f]{8}([0-9a-f]{56})?");
    assertThat(summary.filesProcessed()).isEqualTo(43);
    assertThat(summary.bytesProcessed()).isEqualTo(60_120_018);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void snapshotsAreListedWithWhatTheVersionKnows(String version) throws Exception {
    List<ListedSnapshot> snapshots = listed(Fixture.file(version, "snapshots.jsonl"));

    ListedSnapshot first = snapshots.get(0);
    assertThat(first.id()).hasSize(64).startsWith(first.shortId());
    assertThat(first.time()).isPresent();
    assertThat(first.hostname()).isEqualTo("web01");
    assertThat(first.paths()).containsExactly("/W/data");
    assertThat(first.tags()).containsExactly("daily", "grp=web");
    assertThat(first.sizeBytes()).isEqualTo(version.equals("0.14.0") ? 0 : 60_120_018);
    assertThat(first.fileCount()).isEqualTo(version.equals("0.14.0") ? 0 : 43);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void anEmptyRepositoryHasNoSnapshots(String version) throws Exception {
    assertThat(listed(Fixture.file(version, "snapshots-empty.jsonl"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[{\"id\":", "no JSON at all"})
  void anAnswerThatIsNoListIsAFailedQuery(String answer, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("out"), answer);

    assertThatThrownBy(() -> listed(file)).isInstanceOf(QueryFailed.class);
  }

  @Test
  void oddValuesAreTakenAsAbsent() {
    JsonObject odd =
        JsonLine.parse(
                "{\"message_type\":\"status\",\"percent_done\":7.5,\"files_done\":null,"
                    + "\"total_files\":-3,\"bytes_done\":\"many\",\"current_files\":[\"\",7,\""
                    + "x".repeat(5000)
                    + "\"]}")
            .orElseThrow();

    assertThat(BackupStatus.of(odd))
        .isEqualTo(new BackupStatus(1, 0, 0, 0, 0, 0, 0, Optional.empty()));
  }

  @Test
  void deepNestingIsNoJson() {
    assertThat(JsonLine.parse("{\"a\":".repeat(10_000))).isEmpty();
  }

  private static List<ListedSnapshot> listed(Path output) throws IOException, QueryFailed {
    List<ListedSnapshot> snapshots = new ArrayList<>();
    new Listing(output).read(snapshots::add);
    return snapshots;
  }

  private static List<JsonObject> objects(String version, String name) {
    return Fixture.lines(version, name).stream()
        .map(JsonLine::parse)
        .flatMap(Optional::stream)
        .toList();
  }
}
