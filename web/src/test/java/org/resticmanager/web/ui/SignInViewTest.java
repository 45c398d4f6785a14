package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInViewTest {

  @Test
  void leadsBackToAPageOfOurs() {
    assertThat(SignInView.isOurs("/job.xhtml?id=1")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "hosts.xhtml",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: b=c",
        "/a\\..\\b"
      })
  void leadsNowhereElse(String from) {
    assertThat(SignInView.isOurs(from)).isFalse();
  }

  @Test
  void aMissingAddressIsNotOurs() {
    assertThat(SignInView.isOurs(null)).isFalse();
  }
}
