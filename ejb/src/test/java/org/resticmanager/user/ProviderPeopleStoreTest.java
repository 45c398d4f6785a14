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
    return begin(user, Optional.empty()).isPresent();
  }

  private Optional<SignInId> begin(UserId user, Optional<String> session) {
    SignInId id = new SignInId(Ids.next());
    return signIns.insertOfProvider(id, user, session, ORIGIN, NOW, NOW.plusSeconds(60))
        ? Optional.of(id)
        : Optional.empty();
  }

  private SignInId begun(UserId user, String session) {
    return begin(user, Optional.ofNullable(session)).orElseThrow();
  }

  private static ProviderLogout logout(String subject, String session) {
    return logout("https://sso.example", "logout-1", subject, session);
  }

  private static ProviderLogout logout(String issuer, String id, String subject, String session) {
    return new ProviderLogout(
        issuer,
        id,
        Optional.ofNullable(subject),
        Optional.ofNullable(session),
        NOW.plusSeconds(180));
  }

  private boolean lasts(SignInId signIn) {
    return signIns.find(signIn, NOW).isPresent();
  }

  @Test
  void signInsOfTheSessionEndAndNoOther() {
    UserId bela = new UserId(Ids.next());
    insert(bela, "bela", Optional.empty());
    people.link(bela, new ProviderIdentity("https://sso.example", "2", "bela"));
    SignInId first = begun(anna, "session-1");
    SignInId second = begun(anna, "session-2");
    SignInId belas = begun(bela, "session-3");

    assertThat(signIns.deleteOfProvider(logout("https://other.example", "x", "1", null))).isEmpty();
    assertThat(signIns.deleteOfProvider(logout("2", "session-1"))).as("anna's").isEmpty();
    assertThat(signIns.deleteOfProvider(logout("1", "session-1")))
        .extracting(Caller::name)
        .containsExactly("anna");
    assertThat(lasts(first)).isFalse();
    assertThat(lasts(second)).isTrue();
    assertThat(signIns.deleteOfProvider(logout(null, "session-3"))).hasSize(1);
    assertThat(lasts(belas)).isFalse();
    assertThat(lasts(second)).isTrue();
  }

  @Test
  void signInsOfThePersonEndAllWhereNoSessionIsNamed() {
    SignInId first = begun(anna, "session-1");
    SignInId second = begun(anna, null);

    assertThat(signIns.deleteOfProvider(logout("1", null))).hasSize(2);
    assertThat(lasts(first)).isFalse();
    assertThat(lasts(second)).isFalse();
  }

  @Test
  void signInOfASessionThatIsNotKnownMayBeAnyOfThePersons() {
    SignInId unknown = begun(anna, null);

    assertThat(signIns.deleteOfProvider(logout(null, "session-1"))).as("whose?").isEmpty();
    signIns.deleteOfProvider(logout("1", "session-1"));
    assertThat(lasts(unknown)).isFalse();
  }

  @Test
  void logoutIsTakenOnceUntilItIsForgotten() {
    ProviderLogoutStore logouts = new ProviderLogoutStore(database);

    assertThat(logouts.use(logout("1", null), NOW)).isTrue();
    assertThat(logouts.use(logout("1", null), NOW.plusSeconds(179))).isFalse();
    assertThat(logouts.use(logout("https://other.example", "logout-1", "1", null), NOW)).isTrue();
    assertThat(logouts.use(logout("https://sso.example", "2", "1", null), NOW.plusSeconds(180)))
        .isTrue();
    assertThat(database.value("select count(*) from provider_logout")).isEqualTo(1L);
  }

  @Test
  void whoSignedOutThereOnTheirWayBackIsNotSignedInHere() {
    new ProviderLogoutStore(database).use(logout("1", "session-1"), NOW);

    assertThat(begin(anna, Optional.of("session-1"))).isEmpty();
    assertThat(begin(anna, Optional.of("session-2"))).isPresent();
  }

  @Test
  void administratorOfAProviderIsNotTheLastOneNorTheFirst() {
    assertThat(people.lockedAdmins()).isEmpty();
    assertThat(people.hasAdmin()).isFalse();
    assertThat(people.details(anna)).map(PersonDetails::comesInBy).contains(ComesInBy.PROVIDER);
  }

  @Test
  void peopleOfTheServersRealmAreNoneOfAProviderNorOfOurs() {
    UserId bela = new UserId(Ids.next());
    insert(bela, "bela", Optional.empty());
    people.link(bela, new ProviderIdentity(ComesInBy.REALM_ISSUER, "bela", "bela"));

    assertThat(people.comesInBy(bela)).contains(ComesInBy.REALM);
    assertThat(people.comesInBy(anna)).contains(ComesInBy.PROVIDER);
    assertThat(people.details(bela)).map(PersonDetails::ofProvider).contains(true);
    assertThat(find("https://sso.example", "bela", "bela")).isEmpty();
  }
}
