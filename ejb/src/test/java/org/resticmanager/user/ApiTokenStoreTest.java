package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class ApiTokenStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);

  private final TestDatabase database = TestDatabase.create();
  private final PersonStore people = new PersonStore(database);
  private final ApiTokenStore store = new ApiTokenStore(database);
  private final UserId anna = new UserId(Ids.next());
  private final TokenId id = new TokenId(Ids.next());
  private final Token token = Token.create("rmt");

  @BeforeEach
  void annaMakesAToken() {
    people.insert(
        new Account(anna, "anna", Role.OPERATOR, Tags.NONE, Optional.of("hash"), false), NOW);
    Caller caller = new Caller(anna, "anna", Role.OPERATOR, Tags.NONE);
    store.insert(
        new ApiTokenDetails(id, caller, "nightly", Scope.OPERATE, Tags.NONE, NOW, END, null),
        token);
  }

  @Test
  void tokenIsGoodUntilItExpires() {
    assertThat(store.find(token, END.minusMillis(1))).map(ApiTokenDetails::id).contains(id);
    assertThat(store.find(token, END)).isEmpty();
    assertThat(store.find(Token.create("rmt"), NOW)).isEmpty();
  }

  @Test
  void tokenOfADisabledPersonIsRefusedAndListedAllTheSame() {
    people.setDisabled(anna, NOW);
    assertThat(store.find(token, NOW)).isEmpty();
    assertThat(store.of(anna, 10)).extracting(ApiTokenDetails::id).containsExactly(id);
  }

  @Test
  void useIsNoted() {
    store.used(id, NOW.plusSeconds(1));
    assertThat(store.find(id).orElseThrow().lastUsedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void listOfAllIsPaged() {
    assertThat(store.all(new UUID(0, 0), 10)).hasSize(1);
    assertThat(store.all(id.value(), 10)).isEmpty();
  }

  @Test
  void revokedTokenIsGone() {
    store.delete(id);
    assertThat(store.find(token, NOW)).isEmpty();
    assertThat(store.find(id)).isEmpty();
  }

  @Test
  void tokensOfBeforeScopesDoWhatTheirPersonMayAndOldSignInsEnd() {
    TestDatabase old = TestDatabase.create(MigrationVersion.fromVersion("12"));
    old.execute(
        "insert into app_user (id, name, password_hash, role, created_at)"
            + " values (?, 'anna', 'hash', 'operator', now())",
        anna.value());
    String insert =
        "insert into api_token (token_hash, user_id, label, created_at, expires_at)"
            + " values (?, ?, ?, now(), now() + cast(? as interval))";
    Token program = Token.create("rmt");
    Token signIn = Token.create("rmt");
    Token likeOne = Token.create("rmt");
    old.execute(insert, program.hash(), anna.value(), "nightly", "30 days");
    old.execute(insert, signIn.hash(), anna.value(), "sign-in", "12 hours");
    old.execute(insert, likeOne.hash(), anna.value(), "sign-in", "30 days");

    old.migrate(MigrationVersion.LATEST);

    ApiTokenStore migrated = new ApiTokenStore(old);
    assertThat(migrated.find(program, Instant.now()))
        .hasValueSatisfying(
            found -> assertThat(found.scope().groups(found.person().role())).contains("operator"));
    assertThat(migrated.find(signIn, Instant.now())).isEmpty();
    assertThat(migrated.find(likeOne, Instant.now())).isPresent();
  }
}
