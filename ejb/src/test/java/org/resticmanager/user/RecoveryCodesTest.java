package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecoveryCodesTest {

  @Test
  void tenDifferentOnesThatCanBeWrittenDown() {
    assertThat(RecoveryCodes.create())
        .hasSize(RecoveryCodes.COUNT)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
  }

  @Test
  void codeIsTheSameHoweverItIsWritten() {
    String code = RecoveryCodes.create().get(0);
    assertThat(RecoveryCodes.hash(code.toUpperCase(Locale.ROOT).replace("-", "")))
        .isEqualTo(RecoveryCodes.hash(code))
        .isNotEqualTo(RecoveryCodes.hash(code.substring(1)));
  }
}
