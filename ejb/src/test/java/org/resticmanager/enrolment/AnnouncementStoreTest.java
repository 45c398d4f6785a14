package org.resticmanager.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.enrolment.AnnouncementDetails.Status;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.announcement.AnnouncedKey;

class AnnouncementStoreTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final Instant END = NOW.plus(Announcements.LIFETIME);

  private final TestDatabase database = TestDatabase.create();
  private final AnnouncementStore store = new AnnouncementStore(database);
  private byte keys;

  private AnnouncementDetails announce(String address, Instant at) {
    byte[] key = new byte[32];
    key[5] = ++keys;
    AnnouncementDetails made =
        new AnnouncementDetails(
            Ids.next(),
            AnnouncedKey.ofBytes(key),
            new Applicant("web01", "linux", "amd64"),
            address,
            Status.OPEN,
            at,
            at.plus(Announcements.LIFETIME),
            Optional.empty());
    store.insert(made);
    return made;
  }

  @Test
  void announcementIsReadAsItWasWrittenUntilItExpires() {
    AnnouncementDetails made = announce("192.0.2.1", NOW);

    assertThat(store.withKey(made.key(), END.minusMillis(1))).contains(made);
    assertThat(store.hold(made.id(), END.minusMillis(1))).contains(made);
    assertThat(store.page(Optional.empty(), 10, END.minusMillis(1))).containsExactly(made);
    assertThat(store.withKey(made.key(), END)).isEmpty();
    assertThat(store.hold(made.id(), END)).isEmpty();
    assertThat(store.page(Optional.empty(), 10, END)).isEmpty();
    store.deleteExpired(END);
    assertThat(database.value("select count(*) from announcement")).isEqualTo(0L);
  }

  @Test
  void twoMachinesOfOneNameAreBothShownNewestFirst() {
    UUID first = announce("192.0.2.1", NOW).id();
    UUID second = announce("192.0.2.2", NOW).id();

    assertThat(store.page(Optional.empty(), 10, NOW))
        .extracting(AnnouncementDetails::id)
        .containsExactly(second, first);
    assertThat(store.page(Optional.of(second), 10, NOW))
        .extracting(AnnouncementDetails::id)
        .containsExactly(first);
  }

  @Test
  void onlyThoseThatWaitAreOpenAndAllOfAnAddressAreCounted() {
    AnnouncementDetails one = announce("192.0.2.1", NOW);
    announce("192.0.2.1", NOW.minus(Duration.ofMinutes(61)));
    announce("192.0.2.2", NOW);
    store.decide(one.id(), Status.REJECTED, Optional.empty(), "somebody", NOW);

    assertThat(store.open(NOW)).isEqualTo(2);
    assertThat(store.open(END)).isZero();
    assertThat(store.oldestOfNewestFrom("192.0.2.1", 1)).contains(NOW);
    assertThat(store.oldestOfNewestFrom("192.0.2.1", 2))
        .contains(NOW.minus(Duration.ofMinutes(61)));
    assertThat(store.oldestOfNewestFrom("192.0.2.1", 3)).isEmpty();
    assertThat(store.hold(one.id(), NOW).orElseThrow().status()).isEqualTo(Status.REJECTED);
  }

  /** Who has one address of IPv6 has as many as they like. */
  @Test
  void addressesOfOneCustomerAreCountedTogether() {
    announce("2001:db8:1:2::1", NOW.minusSeconds(2));
    announce("2001:db8:1:3:ffff::7", NOW.minusSeconds(1));
    announce("2001:db8:2:3::7", NOW);

    assertThat(store.oldestOfNewestFrom("2001:db8:1:4::", 2)).contains(NOW.minusSeconds(2));
    assertThat(store.oldestOfNewestFrom("2001:db8:1:4::", 3)).isEmpty();
    assertThat(store.oldestOfNewestFrom("2001:db8:2::1", 1)).contains(NOW);
    assertThat(store.oldestOfNewestFrom("192.0.2.1", 1)).isEmpty();
  }

  @Test
  void announcementOfAHostCanBeForgotten() {
    HostId host = new HostId(database.addHost("web01"));
    AnnouncementDetails made = announce("192.0.2.1", NOW);
    store.decide(made.id(), Status.ACCEPTED, Optional.of(host), "somebody", NOW);
    assertThat(store.hold(made.id(), NOW).orElseThrow().host()).contains(host);

    store.forget(host);

    assertThat(store.hold(made.id(), NOW)).isEmpty();
  }
}
