package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.resticmanager.source.Cron;

class MomentTest {

  private static final Moment AT_THREE_IN_BERLIN =
      new Moment(new Cron("0 3 * * *"), ZoneId.of("Europe/Berlin"), true);

  @Test
  void theNextOneIsByTheClockOfTheZone() {
    assertThat(AT_THREE_IN_BERLIN.after(Instant.parse("2026-07-01T00:59:59Z")))
        .isEqualTo("2026-07-01T01:00:00Z");
    assertThat(AT_THREE_IN_BERLIN.after(Instant.parse("2026-12-01T01:59:59Z")))
        .isEqualTo("2026-12-01T02:00:00Z");
  }

  @Test
  void afterItselfComesTheOneOfTheNextDayHoweverManyWereMissed() {
    assertThat(AT_THREE_IN_BERLIN.after(Instant.parse("2026-07-01T01:00:00Z")))
        .isEqualTo("2026-07-02T01:00:00Z");
    assertThat(AT_THREE_IN_BERLIN.after(Instant.parse("2026-07-20T12:00:00Z")))
        .isEqualTo("2026-07-21T01:00:00Z");
  }
}
