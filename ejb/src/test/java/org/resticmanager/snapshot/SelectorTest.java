package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.source.Retention;

class SelectorTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  @Test
  void aRetentionThatSaysNothingKeepsAll() {
    Selection selection = Selector.select(Retention.ALL, days(5), NOW);

    assertThat(selection.kept()).hasSize(5).allMatch(kept -> kept.reasons().isEmpty());
    assertThat(selection.removed()).isEmpty();
  }

  @Test
  void noSnapshotsAreNoTrouble() {
    Selection selection = Selector.select(keep(3, 0), List.of(), NOW);

    assertThat(selection.kept()).isEmpty();
    assertThat(selection.removed()).isEmpty();
  }

  @Test
  void aSnapshotMayHaveSeveralReasons() {
    Selection selection = Selector.select(keep(1, 2), days(4), NOW);

    assertThat(selection.kept().get(0).reasons())
        .containsExactly("last snapshot", "daily snapshot");
    assertThat(selection.kept().get(1).reasons()).containsExactly("daily snapshot");
    assertThat(selection.removed()).hasSize(2);
  }

  @Test
  void theOldestStaysWhileThereAreFewerDaysThanWanted() {
    List<SnapshotDetails> oneDay =
        List.of(at("2026-06-14T08:00:00Z"), at("2026-06-14T10:00:00Z"), at("2026-06-14T12:00:00Z"));

    Selection selection = Selector.select(keep(0, 7), oneDay, NOW);

    assertThat(selection.kept())
        .extracting(Selection.Kept::reasons)
        .containsExactly(List.of("daily snapshot"), List.of("oldest daily snapshot"));
  }

  @Test
  void daysAreThoseOfTheMachineThatMadeTheSnapshot() {
    List<SnapshotDetails> oneNight =
        List.of(at("2026-06-14T23:30:00+02:00"), at("2026-06-15T00:30:00+02:00"));
    List<SnapshotDetails> sameNightInUtc =
        List.of(at("2026-06-14T21:30:00Z"), at("2026-06-14T22:30:00Z"), at("2026-06-14T20:30:00Z"));

    assertThat(Selector.select(keep(0, 2), oneNight, NOW).removed()).isEmpty();
    assertThat(Selector.select(keep(0, 2), sameNightInUtc, NOW).removed()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-31T10:00:00Z, 1m, 2026-03-03T10:00:00Z",
    "2024-02-29T10:00:00Z, 1y, 2023-03-01T10:00:00Z",
    "2026-01-15T10:00:00+02:00, 1y2m3d4h, 2024-11-12T06:00:00+02:00",
    "2026-01-15T10:00:00Z, 1d2d, 2026-01-13T10:00:00Z"
  })
  void withinGoesBackAsResticDoes(OffsetDateTime latest, String within, OffsetDateTime since) {
    assertThat(KeepWithin.parse(within).before(latest)).isEqualTo(since);
  }

  private static Retention keep(int last, int daily) {
    return new Retention(last, 0, daily, 0, 0, 0, "", List.of());
  }

  private static List<SnapshotDetails> days(int count) {
    return IntStream.range(0, count)
        .mapToObj(day -> at(NOW.minusSeconds(day * 86_400L + 60).toString()))
        .toList();
  }

  private static SnapshotDetails at(String time) {
    OffsetDateTime local = OffsetDateTime.parse(time);
    return new SnapshotDetails(
        time, time, local.toInstant(), local.getOffset(), "h", List.of(), List.of("a"), 0, 0);
  }
}
