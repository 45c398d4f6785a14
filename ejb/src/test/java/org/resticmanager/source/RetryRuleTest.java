package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.resticmanager.platform.Invalid;

class RetryRuleTest {

  @Test
  void whatIsNotGivenIsTheDefault() {
    assertThat(RetryRule.of(null, null)).isEqualTo(new RetryRule(2, 300));
    assertThat(RetryRule.of(0, null)).isEqualTo(new RetryRule(0, 300));
  }

  @Test
  void pausesDoubleUpToSixHours() {
    RetryRule rule = new RetryRule(100, 300);

    assertThat(rule.pause(1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(rule.pause(2)).isEqualTo(Duration.ofMinutes(10));
    assertThat(rule.pause(7)).isEqualTo(Duration.ofMinutes(320));
    assertThat(rule.pause(8)).isEqualTo(Duration.ofHours(6));
    assertThat(rule.pause(100)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void refusalNamesTheField() {
    assertThatThrownBy(() -> RetryRule.of(-1, null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("retryMax");
    assertThatThrownBy(() -> RetryRule.of(1, 0))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("retryBackoffSeconds");
  }
}
