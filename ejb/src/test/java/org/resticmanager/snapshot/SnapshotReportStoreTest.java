package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.repository.RepositoryId;

class SnapshotReportStoreTest {

  private static final Logger LOG = Logger.getLogger(SnapshotReportStoreTest.class.getName());
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));
  private static final ZoneOffset BERLIN = ZoneOffset.ofHours(1);
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final SnapshotReportStore parts = new SnapshotReportStore(DATABASE);
  private final SnapshotStore store = new SnapshotStore(DATABASE);
  private HostId host;
  private RepositoryId repository;

  @BeforeEach
  void addRepository() {
    host = new HostId(DATABASE.addHost("host " + System.nanoTime()));
    repository = new RepositoryId(Ids.next());
    DATABASE.execute(
        "insert into repository (id, name, url, created_at) values (?, ?, '/srv/r', now())",
        repository.value(),
        "repository " + System.nanoTime());
    DATABASE.inTransaction(
        () -> {
          store.add(repository, List.of(snapshot(1), snapshot(2)), LONG_AGO);
          return null;
        });
  }

  @Test
  void theListIsReplacedWhenTheLastPartHasComeAndNotBefore() {
    report(1, 3, 2, 3);
    report(2, 3, 4);
    assertThat(known()).containsExactly("id-2", "id-1");

    report(3, 3, 5);

    assertThat(known()).containsExactly("id-5", "id-4", "id-3", "id-2");
    assertThat(waiting()).isZero();
  }

  @Test
  void theClockOfTheMachineIsKeptWhicheverWayTheListComes() {
    report(1, 2, 2);
    report(2, 2, 3);
    assertThat(offsets()).containsOnly(BERLIN).hasSize(2);

    DATABASE.inTransaction(
        () -> {
          store.retain(repository, List.of(snapshot(4)), NOW);
          store.add(repository, List.of(snapshot(4)), NOW);
          return null;
        });

    assertThat(offsets()).containsExactly(BERLIN);
  }

  private List<ZoneOffset> offsets() {
    return DATABASE.inTransaction(
        () ->
            store.page(repository, List.of("h"), Optional.empty(), 100).stream()
                .map(SnapshotDetails::offset)
                .toList());
  }

  @Test
  void aPartThatComesAgainChangesNothing() {
    report(1, 2, 3);
    report(1, 2, 3);
    report(2, 2, 4);
    report(2, 2, 4);

    assertThat(known()).containsExactly("id-4", "id-3");
  }

  @Test
  void whatIsInAReportTwiceIsKnownOnce() {
    report(1, 2, 3, 3);
    report(2, 2, 4, 3);

    assertThat(known()).containsExactly("id-4", "id-3");
  }

  @Test
  void aReportOfWhichAPartIsMissingNeverReplacesAnything() {
    report(1, 3, 3);
    report(3, 3, 5);
    report(2, 3, 4);
    report(3, 3, 5);

    assertThat(known()).containsExactly("id-2", "id-1");
    assertThat(waiting()).isZero();
  }

  @Test
  void aNewReportForgetsTheOneThatWasNotFinished() {
    report(1, 3, 7, 8);
    report(1, 2, 3);
    report(2, 2, 4);

    assertThat(known()).containsExactly("id-4", "id-3");
  }

  @Test
  void partsOfReportsOfDifferentLengthDoNotMix() {
    report(1, 2, 3);
    report(2, 3, 4);
    report(2, 2, 5);

    assertThat(known()).containsExactly("id-2", "id-1");
  }

  @Test
  void anAbandonedReportIsForgotten() {
    report(1, 2, 3);

    assertThat(forgetAbandoned(NOW.minus(Duration.ofDays(1)))).isZero();
    assertThat(waiting()).isEqualTo(1);
    assertThat(forgetAbandoned(NOW.plus(Duration.ofDays(1)))).isEqualTo(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void hundredThousandSnapshotsTakeLittleMemoryAndNotLong() {
    WireCodec codec = new WireCodec();
    int count = 100_000;
    int perPart = 1000;
    Duration longest = Duration.ZERO;
    long largest = 0;
    long began = System.nanoTime();
    for (int part = 1; part <= count / perPart; part++) {
      int first = (part - 1) * perPart;
      String frame =
          codec.encode(
              new SnapshotsReport(
                  IntStream.range(first, first + perPart).mapToObj(this::realistic).toList(),
                  part,
                  count / perPart));
      largest = Math.max(largest, frame.getBytes(StandardCharsets.UTF_8).length);
      long partBegan = System.nanoTime();
      report((SnapshotsReport) ((Decoded.Understood) codec.decodeFromAgent(frame)).message());
      Duration took = Duration.ofNanos(System.nanoTime() - partBegan);
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    Duration all = Duration.ofNanos(System.nanoTime() - began);
    long heapMib = usedHeapMib();
    LOG.info(
        () -> count + " snapshots: " + all.toMillis() + " ms; heap afterwards " + heapMib + " MiB");
    LOG.info("longest part " + longest.toMillis() + " ms, largest frame " + largest + " bytes");

    assertThat(
            DATABASE.value(
                "select count(*) from snapshot where repository_id = ?", repository.value()))
        .isEqualTo((long) count);
    assertThat(largest).isLessThan(1024 * 1024);
    assertThat(all).isLessThan(Duration.ofMinutes(5));
  }

  private static long usedHeapMib() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
  }

  private void report(int part, int of, int... numbers) {
    report(
        new SnapshotsReport(
            IntStream.of(numbers).mapToObj(SnapshotReportStoreTest::snapshot).toList(), part, of));
  }

  private void report(SnapshotsReport report) {
    DATABASE.inTransaction(
        () -> {
          if (parts.add(host, repository, report, NOW)) {
            parts.takeOver(host, repository, NOW, NOW);
          }
          return null;
        });
  }

  private int forgetAbandoned(Instant since) {
    return DATABASE.inTransaction(() -> parts.forgetAbandoned(since));
  }

  private List<String> known() {
    return DATABASE.inTransaction(
        () ->
            store.page(repository, List.of("h"), Optional.empty(), 100).stream()
                .map(SnapshotDetails::id)
                .toList());
  }

  private long waiting() {
    return (long)
        DATABASE.value("select count(*) from partial_report_part where host_id = ?", host.value());
  }

  private static Snapshot snapshot(int number) {
    return new Snapshot("id-" + number, "id", at(number), "h", List.of("/a"), List.of("t"), 1, 1);
  }

  private static OffsetDateTime at(int number) {
    return NOW.plusSeconds(number).atOffset(BERLIN);
  }

  /** Of the length that restic's are. */
  private Snapshot realistic(int number) {
    return new Snapshot(
        String.format("%064x", number),
        String.format("%08x", number),
        at(number),
        "web01.example.org",
        List.of("/etc", "/home", "/var/lib/postgresql"),
        List.of("daily"),
        123_456_789_012L,
        456_789);
  }
}
