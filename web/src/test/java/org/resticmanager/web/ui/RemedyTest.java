package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resticmanager.health.Concern;
import org.resticmanager.health.Judgement;
import org.resticmanager.health.Reason;

class RemedyTest {

  private static final String PAGE = "/host.xhtml?id=" + SomeJob.HOST;

  @Test
  void hostWithoutRepositoryIsConnectedOnItsPage() {
    assertThat(Remedy.of(concern(Reason.NO_REPOSITORY), true, true))
        .isEqualTo(new Remedy("page", "remedy.connect", PAGE));
  }

  @Test
  void whoMayNotConnectIsLedToTheHostAllTheSame() {
    assertThat(Remedy.of(concern(Reason.NO_REPOSITORY), true, false))
        .isEqualTo(new Remedy("page", "remedy.host", PAGE));
    assertThat(Remedy.of(concern(Reason.NO_REPOSITORY), false, false))
        .isEqualTo(new Remedy("page", "remedy.host", PAGE));
  }

  private static Concern concern(Reason reason) {
    return new Concern(
        SomeJob.HOST,
        "web",
        true,
        new Judgement(reason, Optional.empty(), Optional.empty(), Instant.EPOCH),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
