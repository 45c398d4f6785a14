package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.platform.Invalid;

class RetentionTest {

  @Test
  void whatSaysNothingKeepsAll() {
    assertThat(Retention.ALL.keepsAll()).isTrue();
    assertThat(within(null).keepsAll()).isTrue();
    assertThat(within("1d").keepsAll()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "0y0h", "1", "d", "1w", "-1d", "1d 2h", "1.5d", "1d;reboot"})
  void whatResticCouldNotReadIsRefused(String within) {
    assertThatThrownBy(() -> within(within))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("keepWithin");
  }

  @Test
  void refusalNamesTheField() {
    assertThatThrownBy(() -> new Retention(0, 0, -1, 0, 0, 0, "", List.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("keepDaily");
    assertThatThrownBy(() -> new Retention(0, 0, 0, 0, 0, 0, "", List.of("a,b")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("keepTag");
  }

  private static Retention within(String within) {
    return new Retention(0, 0, 0, 0, 0, 0, within, null);
  }
}
