package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeAskedTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String URL = "rest:https://user:secret@backup.example/host";

  @TempDir private Path folder;

  @Test
  void onceADayIsEnoughForEachRepository() throws IOException {
    assertThat(at(NOON).lately()).isFalse();

    at(NOON).now();

    assertThat(at(NOON.plus(Duration.ofHours(23))).lately()).isTrue();
    assertThat(at(NOON.plus(Duration.ofHours(25))).lately()).isFalse();
    assertThat(new SizeAsked(folder, "/another", clock(NOON)).lately()).isFalse();
  }

  @Test
  void aClockThatWasFarAheadDoesNotKeepItFromBeingAsked() throws IOException {
    at(NOON.plus(Duration.ofDays(400))).now();

    assertThat(at(NOON).lately()).isFalse();
  }

  @Test
  void ofANewRepositoryAtTheSamePlaceItIsAsked() throws IOException {
    at(NOON).now();

    at(NOON).forget();

    assertThat(at(NOON).lately()).isFalse();
  }

  @Test
  void whatIsSecretInTheAddressIsNotKept() throws IOException {
    at(NOON).now();

    assertThat(folder.toFile().list()).hasSize(1).noneMatch(name -> name.contains("secret"));
  }

  private SizeAsked at(Instant time) {
    return new SizeAsked(folder, URL, clock(time));
  }

  private static Clock clock(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }
}
