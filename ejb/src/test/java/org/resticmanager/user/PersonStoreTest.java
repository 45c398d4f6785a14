package org.resticmanager.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class PersonStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final PersonStore store = new PersonStore(database);
  private UserId anna;
  private UserId bela;

  @BeforeEach
  void addTwoAdmins() {
    anna = add("anna");
    bela = add("bela");
  }

  private UserId add(String name) {
    UserId id = new UserId(Ids.next());
    assertThat(
            store.insert(
                new Account(id, name, Role.ADMIN, Tags.NONE, Optional.of("hash"), false), NOW))
        .isTrue();
    return id;
  }

  @Test
  void twoAdminsWhoTakeEachOthersRoleComeOneAfterTheOther() throws Exception {
    CompletableFuture<List<UserId>> second =
        database.inTransaction(
            () -> {
              assertThat(store.lockedAdmins()).containsExactly(anna, bela);
              CompletableFuture<List<UserId>> waiting =
                  CompletableFuture.supplyAsync(() -> database.inTransaction(store::lockedAdmins));
              awaitSomebodyWaitsForALock();
              store.setRights(bela, Role.VIEWER, Tags.NONE);
              return waiting;
            });

    assertThat(second.get(10, TimeUnit.SECONDS))
        .as("who came second sees that only one is left")
        .containsExactly(anna);
  }

  private void awaitSomebodyWaitsForALock() {
    await("a transaction that waits")
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                database.value(
                    "select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database())"),
            Boolean.TRUE::equals);
  }

  @Test
  void onlyAdminsWhoCouldComeInCount() {
    store.setDisabled(anna, NOW);
    assertThat(database.inTransaction(store::lockedAdmins)).containsExactly(bela);
    store.setPassword(bela, null);
    assertThat(database.inTransaction(store::lockedAdmins)).isEmpty();
    store.setDisabled(anna, null);
    assertThat(database.inTransaction(store::lockedAdmins)).containsExactly(anna);
  }

  @Test
  void linkWorksOnceAndUntilItExpires() {
    Token link = Token.create("rml");
    store.replaceLink(anna, link, NOW.plusSeconds(60));

    assertThat(store.ofLink(link, NOW.plusSeconds(60))).isEmpty();
    assertThat(store.useLink(link, NOW.plusSeconds(60))).isFalse();
    assertThat(store.ofLink(link, NOW.plusSeconds(59))).contains(anna);
    assertThat(store.useLink(link, NOW)).isTrue();
    assertThat(store.useLink(link, NOW)).isFalse();
  }

  @Test
  void newLinkReplacesTheOneOfBefore() {
    Token first = Token.create("rml");
    Token second = Token.create("rml");
    store.replaceLink(anna, first, NOW.plusSeconds(60));
    store.replaceLink(anna, second, NOW.plusSeconds(60));

    assertThat(store.ofLink(first, NOW)).isEmpty();
    assertThat(store.ofLink(second, NOW)).contains(anna);
  }

  @Test
  void linkIsNotInTheDatabase() {
    Token link = Token.create("rml");
    store.replaceLink(anna, link, NOW.plusSeconds(60));

    assertThat(database.value("select l::text from set_up_link l").toString())
        .doesNotContain(link.text());
  }

  @Test
  void namesThatDifferInCaseAreOne() {
    Account other =
        new Account(
            new UserId(Ids.next()), "ANNA", Role.VIEWER, Tags.NONE, Optional.empty(), false);

    assertThat(store.insert(other, NOW)).isFalse();
    assertThat(store.named("AnnA")).map(Account::id).contains(anna);
  }

  @Test
  void setUpLinksOfTwoNodesWorkUntilOneOfThemIsUsed() {
    Token first = Token.create("rms");
    Token second = Token.create("rms");
    store.addSetUpToken(Optional.empty(), first, NOW);
    store.addSetUpToken(Optional.empty(), second, NOW);

    assertThat(store.useSetUpToken(Token.create("rms"))).isFalse();
    assertThat(store.useSetUpToken(first)).isTrue();
    assertThat(store.useSetUpToken(first)).isFalse();
    assertThat(store.useSetUpToken(second)).isFalse();
  }

  @Test
  void newSetUpLinkOfANodeReplacesItsOwnOfBefore() {
    Token before = Token.create("rms");
    Token now = Token.create("rms");
    store.addSetUpToken(Optional.empty(), before, NOW);
    store.addSetUpToken(Optional.of(before), now, NOW);

    assertThat(store.useSetUpToken(before)).isFalse();
    assertThat(store.useSetUpToken(now)).isTrue();
  }

  @Test
  void ofTwoWhoUseTheLinksOfTwoNodesAtOnceOneIsFirst() throws Exception {
    Token first = Token.create("rms");
    Token second = Token.create("rms");
    store.addSetUpToken(Optional.empty(), first, NOW);
    store.addSetUpToken(Optional.empty(), second, NOW);
    CompletableFuture<Boolean> late =
        database.inTransaction(
            () -> {
              assertThat(store.useSetUpToken(first)).isTrue();
              CompletableFuture<Boolean> waiting =
                  CompletableFuture.supplyAsync(
                      () -> database.inTransaction(() -> store.useSetUpToken(second)));
              awaitSomebodyWaitsForALock();
              return waiting;
            });

    assertThat(late.get(1, TimeUnit.MINUTES)).isFalse();
  }
}
