package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Retention;

class RetentionAdviceTest {

  private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-06-15T12:00:00Z");
  private static final Selection NO_SNAPSHOTS = new Selection(List.of(), List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // keepLast, hourly, daily, within | schedules | expected
        "0 24 7 - | 0 3 * * *             | hourly-is-daily",
        "0 24 7 - | 0 3,15 * * *          | ",
        "0 24 7 - | 0 3 * * *; 0 15 * * * | ",
        "0 24 7 - | 0 * * * *             | ",
        "0 0 7 -  | 0 3 * * 0             | daily-is-weekly",
        "0 0 7 -  | 0 3 * * 0,3           | ",
        "3 0 0 -  | 0 * * * *             | last-too-few",
        "24 0 0 - | 0 * * * *             | ",
        "3 0 7 -  | 0 * * * *             | ",
        "1 0 0 -  | 0 3 * * *             | ",
        "0 0 0 12h | 0 3 * * *            | within-too-short",
        "0 0 0 2d | 0 3 * * *             | ",
        "0 0 0 2d | 0 3 * * 1-5           | within-too-short",
        "0 24 0 12h | 0 * * * *           | ",
        "3 24 7 12h |                     | ",
      })
  void whatContradictsTheCadenceIsSaid(String kept, String schedules, String expected) {
    String[] values = kept.split(" ", -1);
    Retention retention =
        new Retention(
            Integer.parseInt(values[0]),
            Integer.parseInt(values[1]),
            Integer.parseInt(values[2]),
            0,
            0,
            0,
            values[3].equals("-") ? "" : values[3],
            List.of());
    List<Cron> crons =
        schedules == null ? List.of() : Stream.of(schedules.split(";", -1)).map(Cron::new).toList();

    assertThat(advice(retention, NO_SNAPSHOTS, crons))
        .extracting(RetentionWarning::code)
        .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void aWarningSaysWhatWillHappen() {
    List<RetentionWarning> warnings =
        advice(
            new Retention(0, 24, 0, 0, 0, 0, "", List.of()),
            NO_SNAPSHOTS,
            List.of(new Cron("0 3 * * *")));

    assertThat(warnings)
        .singleElement()
        .extracting(RetentionWarning::words)
        .asString()
        .contains("it keeps 24 days, not hours");
  }

  @Test
  void aRetentionByTheTagOfTheGroupItselfRemovesNothing() {
    assertThat(advice(tags("home"), NO_SNAPSHOTS, List.of()))
        .extracting(RetentionWarning::code)
        .containsExactly("keeps-everything");
  }

  @Test
  void aRetentionByATagThatNothingHasKeepsNothing() {
    SnapshotDetails snapshot =
        new SnapshotDetails(
            "id", "id", Instant.EPOCH, ZoneOffset.UTC, "h", List.of(), List.of("home"), 0, 0);

    assertThat(advice(tags("relaese"), new Selection(List.of(), List.of(snapshot)), List.of()))
        .extracting(RetentionWarning::code)
        .containsExactly("keeps-nothing");
  }

  @Test
  void ofOneThatKeepsAllThereIsNothingToSay() {
    assertThat(advice(Retention.ALL, NO_SNAPSHOTS, List.of(new Cron("* * * * *")))).isEmpty();
  }

  private static List<RetentionWarning> advice(
      Retention retention, Selection selection, List<Cron> schedules) {
    return RetentionAdvice.of(retention, "home", selection, schedules, Duration.ofDays(1), NOW);
  }

  private static Retention tags(String tag) {
    return new Retention(0, 0, 0, 0, 0, 0, "", List.of(tag));
  }
}
