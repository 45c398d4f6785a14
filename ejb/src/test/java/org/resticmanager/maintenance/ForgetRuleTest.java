package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.SnapshotDetails;

class ForgetRuleTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final ForgetRule RULE = new ForgetRule(50, 3);

  @ParameterizedTest
  @CsvSource({
    "10, 0, false",
    "10, 10, false", // exactly half
    "10, 11, true",
    "1, 3, false", // few
    "1, 4, true",
    "7, 93, true", // the first forget ever
    "7, 1, false", // every one after it
  })
  void moreThanTheShareIsTooMuchUnlessItIsFew(int kept, int removed, boolean refused) {
    assertThat(RULE.objection(selection(kept, removed), Optional.empty(), NOW).isPresent())
        .isEqualTo(refused);
  }

  @Test
  void theReasonNamesTheNumbers() {
    assertThat(RULE.objection(selection(16, 84), Optional.empty(), NOW))
        .hasValue("84 of its 100 snapshots would go, which is more than 50 %");
  }

  @Test
  void theNewestOneMayNotGo() {
    Selection selection =
        new Selection(List.of(kept(ago(2)), kept(ago(3)), kept(ago(4))), List.of(ago(1)));

    assertThat(RULE.objection(selection, Optional.empty(), NOW))
        .hasValue("its newest snapshot, of " + ago(1).time() + ", would go");
  }

  @Test
  void snapshotsOfTheFutureDoNotCountAsTheNewest() {
    Selection pushedOut =
        new Selection(List.of(kept(ago(-30)), kept(ago(-31)), kept(ago(-32))), List.of(ago(1)));

    assertThat(RULE.objection(pushedOut, Optional.empty(), NOW))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .contains("its newest snapshot", "3 snapshots have times in the future"));
  }

  @Test
  void aClockThatIsALittleAheadIsNoTrouble() {
    SnapshotDetails justNow = snapshot(NOW.plusSeconds(30));

    assertThat(
            RULE.objection(
                new Selection(List.of(kept(justNow)), List.of(ago(1))), Optional.empty(), NOW))
        .isEmpty();
  }

  @Test
  void snapshotsOfTheFutureMayGo() {
    Selection selection = new Selection(List.of(kept(ago(1)), kept(ago(2))), List.of(ago(-30)));

    assertThat(RULE.objection(selection, Optional.empty(), NOW)).isEmpty();
  }

  @Test
  void whatTheLastBackupMadeMayNotGoThoughItsTimeIsLongPast() {
    SnapshotDetails madeByAClockInThePast = ago(9000);
    Selection selection =
        new Selection(List.of(kept(ago(1)), kept(ago(2))), List.of(madeByAClockInThePast));

    assertThat(RULE.objection(selection, Optional.of(madeByAClockInThePast.id()), NOW)).isPresent();
    assertThat(RULE.objection(selection, Optional.of(ago(1).id()), NOW)).isEmpty();
  }

  private static Selection selection(int kept, int removed) {
    return new Selection(
        IntStream.rangeClosed(1, kept).mapToObj(day -> kept(ago(day))).toList(),
        IntStream.rangeClosed(kept + 1, kept + removed).mapToObj(day -> ago(day)).toList());
  }

  private static Selection.Kept kept(SnapshotDetails snapshot) {
    return new Selection.Kept(snapshot, List.of("daily snapshot"));
  }

  private static SnapshotDetails ago(int days) {
    return snapshot(NOW.minus(Duration.ofDays(days)));
  }

  private static SnapshotDetails snapshot(Instant time) {
    return new SnapshotDetails(
        "id-" + time, "id", time, ZoneOffset.UTC, "h", List.of(), List.of("home"), 0, 0);
  }
}
