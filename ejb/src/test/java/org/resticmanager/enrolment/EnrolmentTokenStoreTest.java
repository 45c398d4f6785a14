package org.resticmanager.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Token;

class EnrolmentTokenStoreTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final TestDatabase database = TestDatabase.create();
  private final EnrolmentTokenStore store = new EnrolmentTokenStore(database);

  private Token insert(UUID id, Instant createdAt, Optional<HostId> forHost) {
    Token token = Token.create("rme");
    store.insert(
        token,
        new EnrolmentTokenDetails(
            id,
            "for web01",
            "somebody",
            createdAt,
            createdAt.plus(LIFETIME),
            forHost,
            null,
            Optional.empty(),
            null,
            EnrolmentTokenDetails.State.OPEN));
    return token;
  }

  private Token insert(UUID id) {
    return insert(id, NOW, Optional.empty());
  }

  private EnrolmentTokenDetails.State state(UUID id, Instant now) {
    return store.find(id, now).orElseThrow().state();
  }

  @Test
  void ofMachinesThatRaceForATokenOneIsEnrolled() throws Exception {
    int machines = 8;
    ExecutorService threads = Executors.newFixedThreadPool(machines);
    try {
      for (int round = 0; round < 20; round++) {
        Token token = insert(Ids.next());
        CyclicBarrier start = new CyclicBarrier(machines);
        List<Future<Boolean>> tries =
            IntStream.range(0, machines)
                .mapToObj(
                    machine ->
                        threads.submit(
                            () -> {
                              start.await();
                              return database.inTransaction(
                                  () -> store.use(token, NOW).isPresent());
                            }))
                .toList();
        int enrolled = 0;
        for (Future<Boolean> each : tries) {
          enrolled += each.get() ? 1 : 0;
        }
        assertThat(enrolled).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tokenIsGoodUntilItExpiresAndNotForAMomentLonger() {
    UUID id = Ids.next();
    Token token = insert(id);
    Instant end = NOW.plus(LIFETIME);

    assertThat(state(id, end.minusMillis(1))).isEqualTo(EnrolmentTokenDetails.State.OPEN);
    assertThat(state(id, end)).isEqualTo(EnrolmentTokenDetails.State.EXPIRED);
    assertThat(store.use(token, end)).isEmpty();
    assertThat(store.use(token, end.minusMillis(1))).isPresent();
    assertThat(store.use(token, end.minusMillis(1))).as("again").isEmpty();
  }

  @Test
  void revokedTokenIsRefusedAndAUsedOneStaysUsed() {
    UUID id = Ids.next();
    Token token = insert(id);
    store.revoke(id, NOW);
    assertThat(store.use(token, NOW)).isEmpty();
    assertThat(state(id, NOW)).isEqualTo(EnrolmentTokenDetails.State.REVOKED);

    UUID other = Ids.next();
    assertThat(store.use(insert(other), NOW)).isPresent();
    store.revoke(other, NOW);
    assertThat(state(other, NOW)).isEqualTo(EnrolmentTokenDetails.State.USED);
  }

  @Test
  void tokenTellsWhichHostCameOfItAndForWhichItWasMade() {
    HostId host = new HostId(database.addHost("web01"));
    UUID id = Ids.next();
    Token token = insert(id, NOW, Optional.of(host));

    assertThat(store.use(token, NOW)).contains(new EnrolmentTokenStore.Used(Optional.of(host)));
    store.usedBy(token, host);

    EnrolmentTokenDetails details = store.find(id, NOW).orElseThrow();
    assertThat(details.forHost()).contains(host);
    assertThat(details.usedBy()).contains(host);
    assertThat(details.usedAt()).isEqualTo(NOW);
    assertThat(details.createdBy()).isEqualTo("somebody");
    assertThat(details.label()).isEqualTo("for web01");
  }

  @Test
  void pagesAreInTheOrderOfTheirMaking() {
    List<UUID> ids = IntStream.range(0, 5).mapToObj(number -> UUID.randomUUID()).toList();
    for (int i = 0; i < ids.size(); i++) {
      insert(ids.get(i), NOW.plus(i / 2, ChronoUnit.MINUTES), Optional.empty());
    }
    List<EnrolmentTokenDetails> all = store.page(Optional.empty(), 10, NOW);
    List<EnrolmentTokenDetails> first = store.page(Optional.empty(), 3, NOW);
    List<EnrolmentTokenDetails> rest = store.page(Optional.of(first.get(2).id()), 3, NOW);

    assertThat(all).extracting(EnrolmentTokenDetails::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(first).isEqualTo(all.subList(0, 3));
    assertThat(rest).isEqualTo(all.subList(3, 5));
  }

  @Test
  void tokensOfBeforeCanBeListedToo() {
    try (TestDatabase old = TestDatabase.create(MigrationVersion.fromVersion("12"))) {
      old.execute(
          "insert into enrolment_token (token_hash, created_by, created_at, expires_at)"
              + " select sha256(n::text::bytea), 'x', now(), now() from generate_series(1, 3) n");
      old.migrate(MigrationVersion.LATEST);
      assertThat(new EnrolmentTokenStore(old).page(Optional.empty(), 10, NOW))
          .extracting(EnrolmentTokenDetails::id)
          .doesNotHaveDuplicates()
          .hasSize(3);
    }
  }
}
