package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;

class UnheardJobStoreTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);
  private static final Instant TWO = ONE.plusSeconds(3600);
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final UnheardJobStore store = new UnheardJobStore(DATABASE);
  private UUID host;

  @BeforeEach
  void addHost() {
    host = DATABASE.addHost("host " + System.nanoTime());
  }

  @Test
  void aHostWithoutJobsHasNothingToTell() {
    sent(DATABASE.addHost("other " + System.nanoTime()), NOON, "status = 'running'");

    assertThat(firstSentAt()).isEmpty();
  }

  @Test
  void ofAnOpenJobItCountsWhenItWasSentAndNotWhenItWasQueued() {
    sent(host, null, "status = 'queued'");
    sent(host, ONE, "status = 'running'");

    assertThat(firstSentAt()).contains(ONE);
  }

  @Test
  void anEndedJobHasToldAll() {
    sent(host, NOON, "status = 'succeeded', exit_code = 0");
    sent(host, ONE, "status = 'cancelled', exit_code = 130");

    assertThat(firstSentAt()).isEmpty();
  }

  @Test
  void aJobThatWasTakenForLostMayStillTell() {
    sent(host, NOON, "status = 'failed', lost_at = now()");
    sent(host, TWO, "status = 'running'");

    assertThat(firstSentAt()).contains(NOON);
  }

  @Test
  void oneThatIsLostForEverEndsWithTheNextEndThatIsTold() {
    sent(host, NOON, "status = 'failed', lost_at = now()");
    sent(host, ONE, "status = 'succeeded', exit_code = 0");
    sent(host, TWO, "status = 'running'");

    assertThat(firstSentAt()).contains(TWO);
  }

  private static void sent(UUID host, Instant at, String state) {
    UUID job = DATABASE.addJob(host);
    DATABASE.execute(
        "update job set " + state + ", dispatched_at = ? where id = ?",
        at == null ? null : at.atOffset(ZoneOffset.UTC),
        job);
  }

  private Optional<Instant> firstSentAt() {
    return DATABASE.inTransaction(() -> store.firstSentAt(new HostId(host)));
  }
}
