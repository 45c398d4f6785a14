package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;

class SignOfLifeStoreTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final TestDatabase database = TestDatabase.create();
  private final SignOfLifeStore store = new SignOfLifeStore(database);
  private final HostId web = new HostId(database.addHost("web"));
  private final HostId mail = new HostId(database.addHost("mail"));

  @Test
  void manyHostsAreNotedAtOnce() {
    store.note(Map.of(web, NOW, mail, NOW.plusSeconds(1)));

    assertThat(lastSeen("web")).isEqualTo(NOW);
    assertThat(lastSeen("mail")).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void whatWasHeardEarlierChangesNothing() {
    store.note(Map.of(web, NOW));
    store.note(Map.of(web, NOW.minusSeconds(1)));

    assertThat(lastSeen("web")).isEqualTo(NOW);
  }

  @Test
  void hostThatIsGoneIsNoFailure() {
    store.note(Map.of(new HostId(UUID.randomUUID()), NOW, web, NOW));

    assertThat(lastSeen("web")).isEqualTo(NOW);
  }

  private Instant lastSeen(String name) {
    return ((Timestamp) database.value("select last_seen_at from host where name = '" + name + "'"))
        .toInstant();
  }
}
