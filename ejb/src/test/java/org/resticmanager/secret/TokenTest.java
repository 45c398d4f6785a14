package org.resticmanager.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {

  @Test
  void aPresentedTokenHasTheHashOfTheOneThatWasMade() {
    Token token = Token.create("rma");

    assertThat(Token.presented(token.text()).hash()).isEqualTo(token.hash());
    assertThat(Token.create("rma").hash()).isNotEqualTo(token.hash());
  }

  @Test
  void aTokenTellsItsKindAndNeverItsSecretByAccident() {
    Token token = Token.create("rma");

    assertThat(token.text()).matches("rma_[A-Za-z0-9_-]{43}");
    assertThat(token.toString()).doesNotContain(token.text());
  }
}
