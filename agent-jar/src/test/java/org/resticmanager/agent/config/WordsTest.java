package org.resticmanager.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  private static String alert(String name) {
    return Words.of(new IOException(new SSLHandshakeException("Received fatal alert: " + name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate_required", "bad_certificate", "unknown_ca"})
  void serverThatDoesNotTrustOurCertificateIsSaidToWantOne(String name) {
    assertThat(alert(name)).contains("wants a client certificate that it trusts", name);
  }

  @Test
  void whatElseGoesWrongWithTlsIsSaidAsItIs() {
    assertThat(alert("protocol_version")).isEqualTo("Received fatal alert: protocol_version");
  }
}
