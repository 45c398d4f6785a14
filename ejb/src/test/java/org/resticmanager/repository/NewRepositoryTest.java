package org.resticmanager.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.resticmanager.platform.Invalid;

class NewRepositoryTest {

  @Test
  void aPasswordInTheLocationIsRefusedBecauseItWouldBeShown() {
    assertThatThrownBy(
            () -> new NewRepository("n", "rest:https://user:pw@host/repo", "secret", null, null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("url")
        .hasMessageNotContaining("pw@");
  }

  @Test
  void aUserInTheLocationIsFine() {
    assertThatCode(() -> new NewRepository("n", "sftp://user@host:22/repo", "secret", null, null))
        .doesNotThrowAnyException();
  }

  @Test
  void secretsDoNotShowInToString() {
    assertThat(new NewRepository("n", "/repo", "secret-1", "u", "secret-2").toString())
        .doesNotContain("secret-");
  }

  @Test
  void anEmptyPasswordIsRefused() {
    assertThatThrownBy(() -> new NewRepository("n", "/repo", "", null, null))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("password");
  }
}
