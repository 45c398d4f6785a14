package org.resticmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsTest {

  @Test
  void factsAreNamedInTheOrderInWhichTheyWereGiven() {
    assertThat(
            Facts.with("cron", "0 2 * * *")
                .and("enabled", true)
                .and("jitterSeconds", 60)
                .and("sourceGroups", List.of("etc", "home"))
                .and("hooks", Facts.with("pre", "sync"))
                .toColumn())
        .hasValue(
            "{\"cron\":\"0 2 * * *\",\"enabled\":true,\"jitterSeconds\":60,"
                + "\"sourceGroups\":[\"etc\",\"home\"],\"hooks\":{\"pre\":\"sync\"}}");
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    assertThat(Facts.with("zone", Optional.empty()).and("url", null)).isEqualTo(Facts.none());
    assertThat(Facts.none().toColumn()).isEmpty();
  }

  @Test
  void theSameFactsAreEqual() {
    assertThat(Facts.with("a", 1).and("b", Optional.of("x")))
        .isEqualTo(Facts.with("b", "x").and("a", 1L));
  }
}
