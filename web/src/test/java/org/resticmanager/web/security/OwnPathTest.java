package org.resticmanager.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {

  @Test
  void leadsBackToAPageOfOurs() {
    assertThat(OwnPath.isOurs("/job.xhtml?id=1")).isTrue();
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
    assertThat(OwnPath.isOurs(from)).isFalse();
  }

  @Test
  void aMissingAddressIsNotOurs() {
    assertThat(OwnPath.isOurs(null)).isFalse();
  }
}
