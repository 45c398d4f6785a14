package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;

class ProviderPeopleStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Origin ORIGIN = new Origin("192.0.2.7", "a browser");

  private final TestDatabase database = TestDatabase.create();
  private final PersonStore people = new PersonStore(database);
  private final SignInStore signIns = new SignInStore(database);
  private final UserId anna = new UserId(Ids.next());

  @BeforeEach
  void annaIsOfTheProvider() {
    insert(anna, "anna", Optional.empty());
    people.link(anna, new ProviderIdentity("https://sso.example", "1", "anna"));
  }

  private void insert(UserId id, String name, Optional<String> hash) {
    assertThat(people.insert(new Account(id, name, Role.ADMIN, Tags.NONE, hash, false), NOW))
        .isTrue();
  }

  @Test
  void identityIsIssuerAndSubjectWhateverTheNameIs() {
    assertThat(find("https://sso.example", "1", "renamed")).map(Account::id).contains(anna);
    assertThat(find("https://sso.example", "2", "anna")).isEmpty();
    assertThat(find("https://other.example", "1", "anna")).isEmpty();
  }

  private Optional<Account> find(String issuer, String subject, String name) {
    return people.lockedOf(new ProviderIdentity(issuer, subject, name));
  }

  @Test
  void personOfAProviderNeverGetsAPasswordNorAPersonWithOneAnIdentity() {
    assertThatThrownBy(() -> people.setPassword(anna, "hash"));
    UserId local = new UserId(Ids.next());
    insert(local, "bela", Optional.of("hash"));
    assertThatThrownBy(
        () -> people.link(local, new ProviderIdentity("https://sso.example", "3", "bela")));
  }

  @Test
  void onlyPeopleOfAProviderComeInWithoutAPassword() {
    UserId invited = new UserId(Ids.next());
    insert(invited, "carl", Optional.empty());

    assertThat(begin(anna)).isTrue();
    assertThat(begin(invited)).isFalse();
    people.setDisabled(anna, NOW);
    assertThat(begin(anna)).isFalse();
  }

  private boolean begin(UserId user) {
    return signIns.insertOfProvider(
        new SignInId(Ids.next()), user, ORIGIN, NOW, NOW.plusSeconds(60));
  }

  @Test
  void administratorOfAProviderIsNotTheLastOneNorTheFirst() {
    assertThat(people.lockedAdmins()).isEmpty();
    assertThat(people.hasAdmin()).isFalse();
    assertThat(people.details(anna)).map(PersonDetails::ofProvider).contains(true);
  }
}
