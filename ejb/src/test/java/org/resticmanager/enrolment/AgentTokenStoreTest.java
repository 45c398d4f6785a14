package org.resticmanager.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class AgentTokenStoreTest {

  private static final Duration OVERLAP = Duration.ofHours(24);

  private final TestDatabase database = TestDatabase.create();
  private final AgentTokenStore store = new AgentTokenStore(database);
  private final HostId host = new HostId(database.addHost("web01"));
  private Instant now = Instant.parse("2026-05-01T10:00:00Z");

  /** A token as an agent has it. */
  private record Given(UUID id, Token token) {}

  private Given give() {
    return give(host);
  }

  private Given give(HostId to) {
    pass(Duration.ofSeconds(1));
    Given given = new Given(Ids.next(), Token.create("rma"));
    store.insert(given.id(), given.token(), to, now);
    return given;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private boolean signsIn(Given given) {
    return store.signIn(given.token(), now).isPresent();
  }

  private void confirm(Given given) {
    store.confirm(given.id(), host, now, now.plus(OVERLAP));
  }

  @Test
  void agentKilledBeforeItHasStoredTheNewTokenSignsInWithTheOldOne() {
    Given old = give();
    assertThat(signsIn(old)).isTrue();
    give();

    pass(Duration.ofDays(365));

    assertThat(signsIn(old)).isTrue();
  }

  @Test
  void agentKilledBeforeItHasSaidThatItHasTheNewTokenSignsInWithIt() {
    Given old = give();
    signsIn(old);
    Given fresh = give();

    pass(Duration.ofDays(365));

    assertThat(signsIn(fresh)).isTrue();
    assertThat(signsIn(old)).as("the old one, after the first use of the new one").isFalse();
    assertThat(signsIn(fresh)).isTrue();
  }

  @Test
  void oldTokenIsGoodForAWhileAfterTheNewOneIsConfirmedAndNotLonger() {
    Given old = give();
    signsIn(old);
    Given fresh = give();
    confirm(fresh);

    pass(OVERLAP.minusMillis(1));
    assertThat(signsIn(old)).isTrue();
    confirm(fresh);
    pass(Duration.ofMillis(1));
    assertThat(signsIn(old)).as("confirmed once more meanwhile").isFalse();
    assertThat(signsIn(fresh)).isTrue();
  }

  /** A slow disk: the answer to the second offer overtakes the storing of the first. */
  @Test
  void whicheverOfTwoOffersTheAgentHasStoredLetsItIn() {
    Given old = give();
    signsIn(old);
    Given first = give();
    assertThat(signsIn(old)).as("it comes back before it has stored the first").isTrue();
    Given second = give();

    assertThat(signsIn(first)).isTrue();
    assertThat(signsIn(second)).isTrue();
    assertThat(signsIn(first)).as("older than one that it has").isFalse();
  }

  @Test
  void tokenThatTheAgentCouldNotKeepIsGone() {
    Given old = give();
    signsIn(old);
    Given lost = give();
    store.drop(lost.id(), host);
    assertThat(signsIn(lost)).isFalse();
    store.drop(old.id(), host);
    assertThat(signsIn(old)).as("one that it uses").isTrue();
  }

  @Test
  void agentCannotConfirmOrDropTheTokensOfAnotherHost() {
    HostId other = new HostId(database.addHost("other"));
    Given theirOld = give(other);
    signsIn(theirOld);
    Given theirNew = give(other);

    confirm(theirNew);
    store.drop(theirNew.id(), host);
    pass(OVERLAP);

    assertThat(signsIn(theirOld)).isTrue();
    assertThat(signsIn(theirNew)).isTrue();
  }

  @Test
  void hostThatIsCutOffHasNoValidToken() {
    HostId other = new HostId(database.addHost("other"));
    Given one = give();
    Given another = give();
    Given theirs = give(other);
    assertThat(store.cutOff(List.of(host, other), now)).isEmpty();
    store.wantRotation(host, "somebody", now);

    store.revokeAll(host, now);

    assertThat(store.cutOff(List.of(host, other), now)).containsExactly(host);
    assertThat(signsIn(one) || signsIn(another)).isFalse();
    assertThat(signsIn(theirs)).isTrue();
    assertThat(store.access(host, now)).isEqualTo(new AgentAccess(null, now, null, null));
  }

  @Test
  void cuttingOffReachesTheTokenThatIsMadeAtThatMoment() throws Exception {
    Given old = give();
    signsIn(old);
    Given fresh = new Given(Ids.next(), Token.create("rma"));

    atTheSameTime(() -> offer(fresh), () -> store.revokeAll(host, now));

    assertThat(signsIn(fresh)).isFalse();
    assertThat(store.cutOff(List.of(host), now)).containsExactly(host);
  }

  @Test
  void nobodyIsOfferedATokenAtTheMomentOfCuttingOff() throws Exception {
    Given old = give();
    signsIn(old);
    Given fresh = new Given(Ids.next(), Token.create("rma"));

    atTheSameTime(() -> store.revokeAll(host, now), () -> offer(fresh));

    assertThat(signsIn(fresh)).isFalse();
    assertThat(store.cutOff(List.of(host), now)).containsExactly(host);
  }

  @Test
  void hostThatIsEnrolledAtTheMomentOfCuttingOffIsCutOffOrEnrolledAfterIt() throws Exception {
    Given old = give();
    signsIn(old);
    Given fresh = new Given(Ids.next(), Token.create("rma"));

    atTheSameTime(
        () -> {
          store.revokeAll(host, now);
          store.insert(fresh.id(), fresh.token(), host, now);
        },
        () -> store.revokeAll(host, now));

    assertThat(signsIn(fresh)).as("enrolled first, then cut off").isFalse();
  }

  @Test
  void agentThatIsThereIsOfferedAnotherToken() {
    Given old = give();
    signsIn(old);
    Given fresh = new Given(Ids.next(), Token.create("rma"));

    assertThat(store.offer(fresh.id(), fresh.token(), host, now)).isTrue();

    assertThat(signsIn(fresh)).isTrue();
  }

  /** The connection that is still there is that of the machine which was the host before. */
  @Test
  void nobodyIsOfferedATokenBeforeTheMachineHasComeThatIsTheHostNow() {
    Given old = give();
    signsIn(old);
    store.revokeAll(host, now);
    give();
    Given fresh = new Given(Ids.next(), Token.create("rma"));

    assertThat(store.offer(fresh.id(), fresh.token(), host, now)).isFalse();
  }

  private void offer(Given token) {
    store.offer(token.id(), token.token(), host, now);
  }

  /** The second begins while the transaction of the first is not over. */
  private void atTheSameTime(Runnable first, Runnable second) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection transaction = database.dataSource().getConnection()) {
      transaction.setAutoCommit(false);
      database.inTransactionOf(
          transaction,
          () -> {
            first.run();
            return null;
          });
      Future<?> later =
          other.submit(
              () ->
                  database.inTransaction(
                      () -> {
                        second.run();
                        return null;
                      }));
      await("the second waits or is done").until(() -> later.isDone() || somebodyWaitsForALock());
      transaction.commit();
      later.get(1, TimeUnit.MINUTES);
    } finally {
      other.shutdownNow();
    }
  }

  private boolean somebodyWaitsForALock() {
    return (Boolean)
        database.value(
            "select exists (select 1 from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock')");
  }

  @Test
  void tokenIsDueByAgeOnceItIsOldAndNotAgainWhenANewOneIsThere() {
    Given old = give();
    signsIn(old);
    assertThat(due(Duration.ofDays(90))).isEmpty();
    pass(Duration.ofDays(90).plusSeconds(1));
    assertThat(due(Duration.ofDays(90))).containsExactly(host);

    Given fresh = give();
    assertThat(due(Duration.ofDays(90))).as("offered, and not taken").containsExactly(host);
    confirm(fresh);
    assertThat(due(Duration.ofDays(90))).isEmpty();
  }

  private Set<HostId> due(Duration age) {
    return store.dueForRotation(List.of(host), Optional.of(now.minus(age)), Optional.empty());
  }

  @Test
  void tokenIsDueByRequestUntilTheAgentHasOneThatWasMadeAfterIt() {
    Given old = give();
    signsIn(old);
    Given early = give();
    pass(Duration.ofSeconds(1));
    Instant wanted = now;
    store.wantRotation(host, "somebody", wanted);
    pass(Duration.ofSeconds(1));
    store.wantRotation(host, "somebody else", now);
    assertThat(store.access(host, now).rotationWantedBy()).isEqualTo("somebody");
    assertThat(store.access(host, now).rotationWantedAt()).isEqualTo(wanted);

    confirm(early);
    assertThat(wantedOf(Optional.empty())).containsExactly(host);
    Given offered = give();
    assertThat(wantedOf(Optional.of(now.minusSeconds(1)))).as("not answered yet").isEmpty();
    assertThat(wantedOf(Optional.of(now))).as("not answered for long").containsExactly(host);

    assertThat(signsIn(offered)).isTrue();
    assertThat(wantedOf(Optional.empty())).isEmpty();
  }

  private Set<HostId> wantedOf(Optional<Instant> triedAfter) {
    return store.dueForRotation(List.of(host), Optional.empty(), triedAfter);
  }
}
