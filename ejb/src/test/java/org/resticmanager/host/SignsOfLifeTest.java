package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final SignsOfLife signs = new SignsOfLife();
  private final HostId host = new HostId(UUID.randomUUID());

  @Test
  void theLatestOfAHostIsTakenOnce() {
    signs.note(host, NOW.plusSeconds(1));
    signs.note(host, NOW);

    assertThat(signs.take()).isEqualTo(Map.of(host, NOW.plusSeconds(1)));
    assertThat(signs.take()).isEmpty();
  }
}
