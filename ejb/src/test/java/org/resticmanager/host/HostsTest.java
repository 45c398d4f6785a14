package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.protocol.wire.Hello;

class HostsTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final TestContainer node = new TestContainer(NOON);
  private final HostId host = node.get(Hosts.class).add("web", "web", "linux", "amd64").id();

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void whatAnAgentSaysOfItselfIsKept() {
    HostDetails known = heard("1.2", "0.18.0", "web.example", "linux", "amd64");

    assertThat(known.agentVersion()).isEqualTo("1.2");
    assertThat(known.resticVersion()).isEqualTo("0.18.0");
    assertThat(known.hostname()).isEqualTo("web.example");
  }

  /** It is on every page with the host, and an agent may be anybody's. */
  @Test
  void whatIsLongerThanAnyNameIsKeptInPart() {
    String endless = "x".repeat(100_000);

    HostDetails known = heard(endless, endless, endless, endless, endless);

    assertThat(
            List.of(
                known.agentVersion(),
                known.resticVersion(),
                known.hostname(),
                known.os(),
                known.arch()))
        .allSatisfy(kept -> assertThat(kept).hasSize(255));
  }

  private HostDetails heard(
      String agentVersion, String resticVersion, String hostname, String os, String arch) {
    node.get(Hosts.class)
        .connected(
            host,
            new Hello(
                1,
                agentVersion,
                resticVersion,
                hostname,
                os,
                arch,
                null,
                List.of(),
                "UTC",
                List.of()));
    return node.get(Hosts.class).find(host);
  }
}
