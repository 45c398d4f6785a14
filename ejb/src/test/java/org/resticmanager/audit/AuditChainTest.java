package org.resticmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.platform.Ids;
import org.resticmanager.secret.Envelopes;

class AuditChainTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private TestDatabase database;
  private AuditStore store;
  private AuditChain chain;

  @BeforeEach
  void begin() {
    database = TestDatabase.create();
    store = new AuditStore(database);
    chain = new AuditChain();
    chain.store = store;
    chain.envelopes = new OpenEnvelopes();
  }

  /** What lies in an envelope does not matter here. */
  private static final class OpenEnvelopes extends Envelopes {
    @Override
    public byte[] close(String secret, UUID row, String column) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String open(byte[] envelope, UUID row, String column) {
      return new String(envelope, StandardCharsets.UTF_8);
    }
  }

  private UUID happened(String action) {
    AuditEvent event =
        new AuditEvent(
            Ids.next(),
            NOON,
            "ada",
            Optional.of("192.0.2.7"),
            action,
            new Target("schedule", "17", "db/nightly"),
            Optional.of("{\"cron\":\"0 2 * * *\"}"),
            Optional.of("{\"cron\":\"0 3 * * *\"}"),
            OptionalLong.empty());
    database.inTransaction(
        () -> {
          store.insert(event);
          return null;
        });
    return event.id();
  }

  private boolean extend() {
    return database.inTransaction(chain::extend);
  }

  private Verification verify() {
    return database.inTransaction(chain::verify);
  }

  private List<UUID> joined(int events) {
    List<UUID> ids =
        java.util.stream.IntStream.range(0, events)
            .mapToObj(i -> happened("schedule.changed"))
            .toList();
    extend();
    return ids;
  }

  @Test
  void eventsJoinInTheOrderInWhichTheyHappened() {
    List<UUID> ids = joined(3);

    assertThat(database.inTransaction(() -> store.links(0, 10)))
        .extracting(link -> link.event().id())
        .containsExactlyElementsOf(ids);
    assertThat(verify()).isEqualTo(new Verification(3, 0, Optional.empty()));
  }

  @Test
  void theChainGrowsAndWhatHasNotJoinedIsSaid() {
    joined(2);
    happened("schedule.removed");
    assertThat(verify()).isEqualTo(new Verification(2, 1, Optional.empty()));

    assertThat(extend()).as("nothing more waits").isFalse();
    assertThat(verify()).isEqualTo(new Verification(3, 0, Optional.empty()));
  }

  @Test
  void withoutEventsAllIsWell() {
    assertThat(verify()).isEqualTo(new Verification(0, 0, Optional.empty()));
    extend();
    assertThat(verify()).isEqualTo(new Verification(0, 0, Optional.empty()));
  }

  @Test
  void manyJoinInSteps() {
    for (int i = 0; i < 1001; i++) {
      happened("job.queued");
    }
    assertThat(extend()).isTrue();
    assertThat(extend()).isFalse();
    assertThat(verify().checked()).isEqualTo(1001);
  }

  @Test
  void everyAlteredPartIsFoundAtTheFirstAlteredEvent() {
    List<String> columns =
        List.of(
            "actor",
            "address",
            "action",
            "target_type",
            "target_id",
            "target_name",
            "facts_before",
            "facts_after");
    List<UUID> ids = joined(columns.size() + 2);
    for (int i = columns.size() - 1; i >= 0; i--) {
      database.execute(
          "update audit_event set " + columns.get(i) + " = 'x' where id = ?", ids.get(i + 1));

      assertThat(verify().altered())
          .as(columns.get(i))
          .hasValueSatisfying(
              altered -> assertThat(altered.reason()).contains("not as it was written"))
          .map(Verification.Altered::number)
          .hasValue(i + 2L);
    }
    database.execute(
        "update audit_event set at = at + interval '1 microsecond' where id = ?", ids.get(0));
    assertThat(verify().altered()).map(Verification.Altered::number).hasValue(1L);
  }

  @Test
  void aTargetThatWasTakenOutByHandIsFoundAtItsEvent() {
    List<UUID> ids = joined(3);
    for (String column : List.of("target_type", "target_id", "target_name")) {
      assertThatThrownBy(() -> database.execute("update audit_event set " + column + " = null"))
          .as("who does not alter the table cannot")
          .hasStackTraceContaining("not-null");
      database.execute("alter table audit_event alter column " + column + " drop not null");
    }
    database.execute("update audit_event set target_id = null where id = ?", ids.get(1));
    assertThat(verify().altered()).map(Verification.Altered::number).contains(2L);
    database.execute("update audit_event set target_type = null where id = ?", ids.get(0));
    assertThat(verify().altered()).map(Verification.Altered::number).contains(1L);
  }

  @Test
  void anAbsentFactIsNoEmptyOne() {
    UUID id = joined(1).get(0);
    database.execute("update audit_event set address = null where id = ?", id);
    assertThat(verify().altered()).isPresent();
    database.execute("update audit_event set address = '' where id = ?", id);
    assertThat(verify().altered()).isPresent();
  }

  @Test
  void aRemovedEventIsMissedWhereItStood() {
    List<UUID> ids = joined(3);
    database.execute("delete from audit_event where id = ?", ids.get(1));
    assertThat(verify().altered()).hasValue(new Verification.Altered(2, "it is missing"));
  }

  @Test
  void aRemovedEndIsMissed() {
    List<UUID> ids = joined(3);
    database.execute("delete from audit_event where id = ?", ids.get(2));
    assertThat(verify().altered()).map(Verification.Altered::number).hasValue(3L);
  }

  @Test
  void anExchangedOrderIsFound() {
    List<UUID> ids = joined(3);
    database.execute("update audit_event set number = 100 where id = ?", ids.get(0));
    database.execute("update audit_event set number = 1 where id = ?", ids.get(1));
    database.execute("update audit_event set number = 2 where id = ?", ids.get(0));
    assertThat(verify().altered()).map(Verification.Altered::number).hasValue(1L);
  }

  @Test
  void aMarkMadeWithoutTheKeyIsFound() {
    UUID id = joined(1).get(0);
    Chain forger = new Chain(new byte[32]);
    AuditEvent event = database.inTransaction(() -> store.links(0, 1)).get(0).event();
    byte[] mark = forger.mark(Chain.BEGINNING, 1, event);
    database.execute("update audit_event set mark = ? where id = ?", mark, id);
    database.execute("update audit_chain set mark = ?", mark);
    assertThat(verify().altered()).map(Verification.Altered::number).hasValue(1L);
  }

  @Test
  void ofTwoNodesOneMakesItLonger() throws Exception {
    joined(1);
    happened("schedule.changed");
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch tried = new CountDownLatch(1);
    var other = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> first =
          other.submit(
              () ->
                  database.inTransaction(
                      () -> {
                        boolean more = chain.extend();
                        held.countDown();
                        try {
                          tried.await(10, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                        return more;
                      }));
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
      extend();
      tried.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isFalse();
      assertThat(verify()).isEqualTo(new Verification(2, 0, Optional.empty()));
    } finally {
      tried.countDown();
      other.shutdownNow();
    }
  }
}
