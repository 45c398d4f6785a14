package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResticVersionTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.14.0", "0.18.0", "0.19.1"})
  void isReadFromTextAndFromJson(String version) {
    String output = String.join("\n", Fixture.lines(version, "version.jsonl"));

    assertThat(ResticVersion.parse(output)).map(ResticVersion::text).contains(version);
  }

  @Test
  void isFoundBehindAWarning() {
    assertThat(ResticVersion.parse("some warning\nrestic 0.18.0-dev (v0.18) compiled with go\n"))
        .contains(new ResticVersion(0, 18, "0.18.0-dev"));
  }

  @Test
  void somethingElseIsNoRestic() {
    assertThat(ResticVersion.parse("git version 2.39.5")).isEmpty();
    assertThat(ResticVersion.parse("")).isEmpty();
    assertThat(ResticVersion.parse("restic 99999999999.1")).isEmpty();
  }

  @Test
  void isComparedByItsNumbers() {
    ResticVersion version = new ResticVersion(0, 18, "0.18.0");

    assertThat(version.atLeast(0, 18)).isTrue();
    assertThat(version.atLeast(0, 9)).isTrue();
    assertThat(version.atLeast(0, 19)).isFalse();
    assertThat(new ResticVersion(1, 0, "1.0.0").atLeast(0, 18)).isTrue();
  }
}
