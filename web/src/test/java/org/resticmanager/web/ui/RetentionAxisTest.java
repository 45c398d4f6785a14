package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.web.ui.RetentionPreviewView.Row;

class RetentionAxisTest {

  private static final Instant NEWEST = Instant.parse("2026-03-11T02:00:00Z");

  @Test
  void snapshotsLieWhereTheirTimeIsAndOnTheirSide() {
    RetentionAxis axis =
        RetentionAxis.of(List.of(row(0, true), row(5, false), row(10, true))).orElseThrow();

    assertThat(axis.first()).isEqualTo(NEWEST.minusSeconds(10 * 86_400));
    assertThat(axis.last()).isEqualTo(NEWEST);
    assertThat(axis.stay()).containsExactly(6, 714);
    assertThat(axis.go()).containsExactly(360);
    assertThat(axis.stayPath()).isEqualTo("M6 6 V24 M714 6 V24");
    assertThat(axis.goPath()).isEqualTo("M360 34 V46");
  }

  @Test
  void marksThatLieOnEachOtherAreOne() {
    RetentionAxis axis =
        RetentionAxis.of(
                List.of(row(0, true), row(10_000, true), row(9999, false), row(9998.9, false)))
            .orElseThrow();
    assertThat(axis.go()).hasSize(1);
  }

  @Test
  void oneMomentIsNoAxis() {
    assertThat(RetentionAxis.of(List.of())).isEmpty();
    assertThat(RetentionAxis.of(List.of(row(3, true), row(3, false)))).isEmpty();
  }

  private static Row row(double daysAgo, boolean stays) {
    Instant time = NEWEST.minusMillis(Math.round(daysAgo * 86_400_000));
    return new Row(
        new SnapshotDetails(
            "0123456789",
            "01234567",
            time,
            ZoneOffset.UTC,
            "nas",
            List.of("/srv"),
            List.of(),
            0,
            0),
        "",
        stays);
  }
}
