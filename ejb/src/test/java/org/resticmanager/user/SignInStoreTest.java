package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class SignInStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);
  private static final Origin ORIGIN = new Origin("192.0.2.7", "a browser");

  private static final String LAST_WORD = "that was all";
  private static final int PATIENCE_MILLIS = 30_000;

  private final TestDatabase database = TestDatabase.create();
  private final PersonStore people = new PersonStore(database);
  private final SignInStore store = new SignInStore(database);
  private final UserId anna = new UserId(Ids.next());
  private final SignInId signIn = new SignInId(Ids.next());

  @BeforeEach
  void annaSignsIn() {
    people.insert(
        new Account(anna, "anna", Role.OPERATOR, Tags.NONE, Optional.of("hash"), false), NOW);
    assertThat(store.insert(signIn, anna, "hash", Optional.empty(), ORIGIN, NOW, END)).isTrue();
  }

  @Test
  void signInIsGoodUntilItExpires() {
    assertThat(store.find(signIn, END.minusMillis(1)))
        .map(SignInStore.Row::presence)
        .contains(new Presence(signIn, new Caller(anna, "anna", Role.OPERATOR, Tags.NONE)));
    assertThat(store.find(signIn, END)).isEmpty();
  }

  @Test
  void useMakesItLastLongerAndNeverShorter() {
    store.seen(signIn, NOW, END.minusSeconds(30));
    assertThat(store.find(signIn, END.minusMillis(1))).isPresent();
    store.seen(signIn, NOW, END.plusSeconds(30));
    assertThat(store.find(signIn, END)).isPresent();
  }

  @Test
  void personAsTheyStandNowComesIn() {
    people.setRights(anna, Role.VIEWER, Tags.NONE);
    assertThat(store.find(signIn, NOW).orElseThrow().presence().caller().role())
        .isEqualTo(Role.VIEWER);
    people.setDisabled(anna, NOW);
    assertThat(store.find(signIn, NOW)).isEmpty();
  }

  @Test
  void nobodyBeginsWithAPasswordThatHasChangedMeanwhileNorWhileDisabled() {
    people.setPassword(anna, "another hash");
    assertThat(begin("hash")).isFalse();
    people.setDisabled(anna, NOW);
    assertThat(begin("another hash")).isFalse();
    people.setDisabled(anna, null);
    assertThat(begin("another hash")).isTrue();
  }

  private boolean begin(String hash) {
    SignInId id = new SignInId(Ids.next());
    return store.insert(id, anna, hash, Optional.empty(), ORIGIN, NOW, END);
  }

  @Test
  void tokenComesInAndTheIdOfItsSignInDoesNot() {
    Token token = Token.create("rmi");
    SignInId id = new SignInId(Ids.next());
    store.insert(id, anna, "hash", Optional.of(token), ORIGIN, NOW, END);

    assertThat(store.find(token, NOW)).map(row -> row.presence().signIn()).contains(id);
    assertThat(store.find(id, NOW)).isEmpty();
    assertThat(store.find(Token.create("rmi"), NOW)).isEmpty();
  }

  @Test
  void browserIsKnownByItsCookieUntilItsSignInEnds() {
    Token cookie = Token.create("rmb");
    store.remember(signIn, cookie);

    assertThat(store.findByCookie(cookie, NOW))
        .map(row -> row.presence().signIn())
        .contains(signIn);
    assertThat(store.findByCookie(Token.create("rmb"), NOW)).isEmpty();
    assertThat(store.find(cookie, NOW)).isEmpty();
    assertThat(store.findByCookie(cookie, END)).isEmpty();
    store.delete(signIn);
    assertThat(store.findByCookie(cookie, NOW)).isEmpty();
  }

  @Test
  void removedPersonIsSignedInNowhere() {
    people.delete(anna);
    assertThat(store.find(signIn, NOW)).isEmpty();
  }

  /** Whoever waits by a sign-in, on whatever node, has to hear that it has ended. */
  @Test
  void whatEndsASignInSaysWhose() throws SQLException {
    UserId bela = new UserId(Ids.next());
    people.insert(
        new Account(bela, "bela", Role.VIEWER, Tags.NONE, Optional.of("hash"), false), NOW);
    try (Connection listening = database.connection();
        Statement listen = listening.createStatement()) {
      listen.execute("listen restic_manager");
      store.deleteAll(bela);
      store.deleteOthers(anna, signIn);
      assertThat(heard(listening)).as("nobody's ended").isEmpty();
      begin("hash");
      store.deleteOthers(anna, signIn);
      assertThat(heard(listening)).containsExactly("sign-ins-ended anna");
      begin("hash");
      assertThat(store.deleteAll(anna)).isEqualTo(2);
      assertThat(heard(listening)).containsExactly("sign-ins-ended anna");
    }
  }

  /** All that was said up to now: it comes in order, and the last word is our own. */
  private List<String> heard(Connection listening) throws SQLException {
    database.execute("notify restic_manager, '" + LAST_WORD + "'");
    List<String> heard = new ArrayList<>();
    while (!heard.contains(LAST_WORD)) {
      PGNotification[] some =
          listening.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
      assertThat(some).as("heard after " + heard).isNotEmpty();
      Arrays.stream(some).map(PGNotification::getParameter).forEach(heard::add);
    }
    heard.remove(LAST_WORD);
    return heard;
  }

  @Test
  void expiredOnesAreSweptAndNotListed() {
    assertThat(store.of(anna, NOW, 10)).extracting(SignInDetails::id).containsExactly(signIn);
    assertThat(store.of(anna, END, 10)).isEmpty();
    store.deleteExpired(END);
    assertThat(database.value("select count(*) from sign_in")).isEqualTo(0L);
  }
}
