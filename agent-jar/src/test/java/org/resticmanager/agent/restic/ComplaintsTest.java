package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.14.0|2 files could not be read: /W/nb/d/dir0, /W/nb/d/secret (permission denied)",
        "0.18.0|2 files could not be read: /W/nb/d/dir0 (permission denied), /W/nb/d/secret"
            + " (permission denied)",
        "0.19.1|2 files could not be read: /W/nb/d/dir0 (permission denied), /W/nb/d/secret"
            + " (permission denied)",
      })
  void unreadableFilesAreCountedOnceAndNamed(String version, String words) {
    assertThat(Fixture.complaints(version, "backup-unreadable.stderr").unreadableInWords())
        .contains(words);
  }

  @Test
  void onlyAFewOfManyFilesAreNamed() {
    Complaints complaints = new Complaints();
    for (int i = 0; i < 1000; i++) {
      complaints.accept(
          "{\"message_type\":\"error\",\"error\":{\"message\":\"open /f"
              + i
              + ": permission denied\"},\"during\":\"archival\",\"item\":\"/f"
              + i
              + "\"}");
    }

    assertThat(complaints.unreadableInWords().orElseThrow())
        .startsWith("1000 files could not be read: /f0 (permission denied), /f1")
        .endsWith(", …")
        .hasSizeLessThan(300);
  }

  @Test
  void anErrorOfAnyShapeIsTaken() {
    Complaints complaints = new Complaints();

    assertThat(complaints.accept("{\"message_type\":\"error\",\"error\":null,\"item\":7}"))
        .isTrue();
    assertThat(complaints.accept("{\"message_type\":\"error\",\"error\":\"text\",\"item\":\"/a\"}"))
        .isTrue();
    assertThat(complaints.accept("{\"message_type\":")).isFalse();
    assertThat(complaints.accept("{}")).isFalse();
    assertThat(complaints.unreadableInWords()).contains("1 file could not be read: /a");
  }

  @Test
  void theLastWordOfLaterVersionsIsTheirExitError() {
    assertThat(Fixture.complaints("0.19.1", "backup-missing-all.stderr").lastWords())
        .isEqualTo("Fatal: all source directories/files do not exist");
    assertThat(Fixture.complaints("0.14.0", "backup-missing-all.stderr").lastWords())
        .isEqualTo("Fatal: all target directories/files do not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void aPathThatWasLeftOutIsNamed(String version) {
    assertThat(Fixture.complaints(version, "backup-missing-one.stderr").skipped())
        .containsExactly("/nonexistent");
  }

  @Test
  void aRepeatedRequestIsRemembered() {
    Complaints complaints = new Complaints();
    assertThat(complaints.retrying()).isEmpty();

    complaints.accept("Load(<config/0000000000>) returned error, retrying after 552ms: dial tcp");

    assertThat(complaints.retrying()).hasValueSatisfying(line -> assertThat(line).contains("dial"));
  }
}
