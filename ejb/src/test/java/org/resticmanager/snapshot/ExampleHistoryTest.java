package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Retention;
import org.resticmanager.source.Timing;

class ExampleHistoryTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Selection select(Retention retention, String... schedules) {
    return ExampleHistory.select(
        retention,
        "files",
        List.of(schedules).stream().map(cron -> Timing.of(new Cron(cron), null, null)).toList(),
        BERLIN,
        NOW);
  }

  private static List<SnapshotDetails> all(Selection selection) {
    List<SnapshotDetails> all = new ArrayList<>(selection.removed());
    selection.kept().forEach(kept -> all.add(kept.snapshot()));
    return all;
  }

  @Test
  void withoutAScheduleThereIsOneSnapshotANightForTwoYears() {
    List<SnapshotDetails> snapshots = all(select(Retention.ALL));

    assertThat(snapshots).hasSize(730);
    assertThat(snapshots)
        .extracting(snapshot -> snapshot.localTime().toLocalTime())
        .containsOnly(LocalTime.of(3, 30));
    assertThat(snapshots)
        .extracting(SnapshotDetails::time)
        .contains(Instant.parse("2026-06-15T01:30:00Z"), Instant.parse("2024-06-16T01:30:00Z"));
  }

  @Test
  void retentionKeepsOfThemWhatItSays() {
    Selection selection = select(new Retention(0, 0, 7, 4, 12, 0, "", List.of()));

    assertThat(selection.kept())
        .filteredOn(kept -> kept.reasons().contains("daily snapshot"))
        .hasSize(7);
    assertThat(selection.kept())
        .filteredOn(kept -> kept.reasons().contains("monthly snapshot"))
        .hasSize(12);
    assertThat(selection.kept().size() + selection.removed().size()).isEqualTo(730);
  }

  @Test
  void schedulesMakeThemWhenTheyFire() {
    List<SnapshotDetails> snapshots = all(select(Retention.ALL, "0 4 * * 1-5", "0 5 * * 0"));

    assertThat(snapshots).hasSizeBetween(624, 628);
    assertThat(snapshots)
        .extracting(snapshot -> snapshot.localTime().toLocalTime())
        .containsOnly(LocalTime.of(4, 0), LocalTime.of(5, 0));
  }

  @Test
  void twoSchedulesOfOneMomentMakeOneSnapshot() {
    assertThat(all(select(Retention.ALL, "0 4 * * *", "0 4 * * 0"))).hasSize(730);
  }

  @Test
  void whatFiresVeryOftenReachesBackLessFar() {
    List<SnapshotDetails> snapshots = all(select(Retention.ALL, "* * * * *"));

    assertThat(snapshots).hasSize(20_000);
    assertThat(snapshots)
        .extracting(SnapshotDetails::time)
        .contains(NOW, NOW.minusSeconds(19_999 * 60));
  }

  @Test
  void everySnapshotHasTheNameOfItsGroupAsTag() {
    Selection selection = select(new Retention(0, 0, 0, 0, 0, 0, "", List.of("files")));

    assertThat(selection.removed()).isEmpty();
  }
}
