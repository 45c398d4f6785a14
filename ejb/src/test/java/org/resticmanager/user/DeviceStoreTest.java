package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class DeviceStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final DeviceStore devices = new DeviceStore(database);
  private final UserId anna = new UserId(Ids.next());
  private final UserId bela = new UserId(Ids.next());

  @BeforeEach
  void addPeople() {
    PersonStore people = new PersonStore(database);
    people.insert(new Account(anna, "anna", Role.VIEWER, Tags.NONE, Optional.empty(), false), NOW);
    people.insert(new Account(bela, "bela", Role.VIEWER, Tags.NONE, Optional.empty(), false), NOW);
  }

  @Test
  void deviceIsKnownForThoseWhoSignedInOnIt() {
    Token shared = Token.create("rmd");
    assertThat(devices.gave(shared)).isFalse();
    devices.remember(shared, anna, NOW);
    assertThat(devices.gave(shared)).isTrue();
    assertThat(devices.knows(shared, anna)).isTrue();
    assertThat(devices.knows(shared, bela)).isFalse();
    devices.remember(shared, bela, NOW);
    assertThat(devices.knows(shared, bela)).isTrue();
  }

  @Test
  void newestDevicesStayAndAPersonHasNoMoreThanSoMany() {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i <= DeviceStore.MOST; i++) {
      tokens.add(Token.create("rmd"));
      devices.remember(tokens.get(i), anna, NOW.plusSeconds(i));
    }
    assertThat(devices.knows(tokens.get(0), anna)).isFalse();
    assertThat(devices.knows(tokens.get(1), anna)).isTrue();
    assertThat(devices.knows(tokens.get(DeviceStore.MOST), anna)).isTrue();
  }

  @Test
  void forgottenDevicesAreThoseOfThePersonOnly() {
    Token shared = Token.create("rmd");
    devices.remember(shared, anna, NOW);
    devices.remember(shared, bela, NOW);
    devices.forget(anna);
    assertThat(devices.knows(shared, anna)).isFalse();
    assertThat(devices.knows(shared, bela)).isTrue();
  }
}
