package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

class JobLogStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final JobLogStore store = new JobLogStore(DATABASE);
  private final LogPartitionStore partitions = new LogPartitionStore(DATABASE);
  private JobId job;
  private JobId other;

  @BeforeEach
  void addJobs() {
    var host = DATABASE.addHost("host " + System.nanoTime());
    job = new JobId(DATABASE.addJob(host));
    other = new JobId(DATABASE.addJob(host));
    partitions.create(LogDay.of(job));
    partitions.create(LogDay.of(other));
  }

  @Test
  void logIsCompleteToItsEndWhenLinesComeInOrder() {
    assertThat(write(1, 2, 3)).isEqualTo(3);
    assertThat(write(4, 5)).isEqualTo(5);

    assertThat(storedSeqs()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(store.state(job)).isEqualTo(new LogState(5, 5, 5, null));
  }

  @Test
  void lineThatComesAgainIsStoredOnceAndStaysAsItWas() {
    write(1, 2, 3);

    assertThat(write(List.of(line(2, "changed"), line(3, "changed"), line(4, "new")))).isEqualTo(4);

    assertThat(store.after(job, 0, 10))
        .extracting(LogLine::text)
        .containsExactly("line 1", "line 2", "line 3", "new");
  }

  @Test
  void lineTwiceInOneBatchIsStoredOnce() {
    assertThat(write(1, 1, 2, 1, 2)).isEqualTo(2);
    assertThat(storedSeqs()).containsExactly(1L, 2L);
  }

  @Test
  void whatIsMissingIsNotConfirmedThoughLaterLinesAreStored() {
    assertThat(write(1, 2, 5, 6)).isEqualTo(2);
    assertThat(write(9)).isEqualTo(2);

    assertThat(storedSeqs()).containsExactly(1L, 2L, 5L, 6L, 9L);
    assertThat(store.state(job).highestSeq()).isEqualTo(9);
  }

  @Test
  void gapThatClosesConfirmsUpToTheNextOne() {
    write(1, 5, 6, 9);

    assertThat(write(3, 2)).isEqualTo(3);
    assertThat(write(4)).isEqualTo(6);
    assertThat(write(7, 8, 10)).isEqualTo(10);

    assertThat(storedSeqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(store.state(job)).isEqualTo(new LogState(10, 10, 10, null));
  }

  @Test
  void logThatBeginsLateConfirmsNothing() {
    assertThat(write(7, 8)).isZero();
    assertThat(write(LongStream.rangeClosed(1, 6).toArray())).isEqualTo(8);
  }

  @Test
  void anyOrderAndAnyRepetitionGivesTheSameLog() {
    List<Long> seqs = new ArrayList<>(LongStream.rangeClosed(1, 300).boxed().toList());
    seqs.addAll(List.copyOf(seqs));
    Collections.shuffle(seqs, new Random(4));

    long complete = 0;
    for (int from = 0; from < seqs.size(); from += 20) {
      complete = write(seqs.subList(from, from + 20).stream().mapToLong(Long::longValue).toArray());
    }

    assertThat(complete).isEqualTo(300);
    assertThat(storedSeqs())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
    assertThat(store.state(job)).isEqualTo(new LogState(300, 300, 300, null));
  }

  @Test
  void linesOfSeveralJobsGoTogether() {
    Map<JobId, Long> complete =
        DATABASE.inTransaction(
            () ->
                store.write(
                    List.of(
                        new LogBatch(job, lines(1, 2)),
                        new LogBatch(other, lines(1, 3)),
                        new LogBatch(job, lines(2, 3))),
                    NOW));

    assertThat(complete).isEqualTo(Map.of(job, 3L, other, 1L));
  }

  @Test
  void lineKeepsItsTimeStreamAndEveryCharacter() {
    Instant time = Instant.parse("2026-03-01T11:59:58.000001Z");
    String text = "tab\t newline\n backslash\\ quote\" \u001b[31m 漢字 🦀 \\N";
    write(List.of(new LogStream(job.toString(), 1, time, LogStreamName.STDERR, text)));
    write(List.of(new LogStream(job.toString(), 2, null, LogStreamName.EVENT, "")));

    assertThat(store.after(job, 0, 10))
        .containsExactly(
            new LogLine(1, time, LogStreamName.STDERR, text),
            new LogLine(2, NOW, LogStreamName.EVENT, ""));
  }

  @Test
  void lineThatFillsAGapKeepsEverythingToo() {
    Instant time = Instant.parse("2026-03-01T11:59:58.000001Z");
    String text = "tab\t newline\n backslash\\ quote\" {\u001b[31m, 漢字} 🦀 NULL";
    write(2);
    write(List.of(new LogStream(job.toString(), 1, time, LogStreamName.STDERR, text)));

    assertThat(store.after(job, 0, 1))
        .containsExactly(new LogLine(1, time, LogStreamName.STDERR, text));
  }

  @Test
  void timeBeyondAllReasonDoesNotCostTheLine() {
    write(
        List.of(
            new LogStream(job.toString(), 1, Instant.MAX, LogStreamName.STDOUT, "x"),
            new LogStream(job.toString(), 2, Instant.MIN, LogStreamName.STDOUT, "x")));

    assertThat(storedSeqs()).containsExactly(1L, 2L);
  }

  @Test
  void nulAndHalfCharactersAreReplaced() {
    write(List.of(line(1, "a\0b\ud800c\udc00d")));

    assertThat(store.after(job, 0, 1).get(0).text()).isEqualTo("a\ufffdb\ufffdc\ufffdd");
  }

  @Test
  void lineOf64KibibytesIsWholeAndALongerOneIsCutWithAMark() {
    String whole = "x".repeat(64 * 1024);
    String longer = "x".repeat(64 * 1024 - 1) + "é" + "y".repeat(99);
    write(List.of(line(1, whole), line(2, longer)));

    List<LogLine> stored = store.after(job, 0, 2);
    assertThat(stored.get(0).text()).isEqualTo(whole);
    assertThat(stored.get(1).text())
        .isEqualTo("x".repeat(64 * 1024 - 1) + " … [cut here: 101 bytes more]");
    assertThat(stored.get(1).text().getBytes(StandardCharsets.UTF_8).length).isLessThan(66_000);
  }

  @Test
  void transactionThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                DATABASE.inTransaction(
                    () -> {
                      store.write(List.of(new LogBatch(job, lines(1, 2))), NOW);
                      throw new IllegalArgumentException("on purpose");
                    }))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(storedSeqs()).isEmpty();
    assertThat(store.state(job)).isEqualTo(LogState.EMPTY);
  }

  @Test
  void linesAreFoundByTheirWordsWhateverTheCaseAndOnlyInThePartThatIsLookedThrough() {
    write(
        List.of(
            line(1, "reading /srv/photos"),
            line(2, "saved"),
            line(3, "READING /etc 100%"),
            line(4, "nothing")));

    assertThat(found(new LogWanted(" Reading ", false), 1)).containsExactly(1L, 3L);
    assertThat(found(new LogWanted("reading", false), 2)).containsExactly(3L);
    assertThat(found(new LogWanted("%", false), 1)).containsExactly(3L);
    assertThat(found(new LogWanted("", false), 1)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(store.wanted(job, new LogWanted("reading", false), 1, 9, 1))
        .as("the newest, when not all fit")
        .extracting(LogLine::seq)
        .containsExactly(3L);
  }

  @Test
  void problemsAreWhatResticComplainsOf() {
    write(
        List.of(
            line(1, LogStreamName.STDOUT, "an error in a file's name"),
            line(2, LogStreamName.STDERR, "Fatal: wrong password"),
            line(3, LogStreamName.EVENT, "{\"message_type\":\"summary\",\"a\":\"error\"}"),
            line(4, LogStreamName.EVENT, "{\"message_type\":\"error\",\"item\":\"/x\"}")));

    assertThat(found(new LogWanted("", true), 1)).containsExactly(2L, 4L);
    assertThat(found(new LogWanted("/x", true), 1)).containsExactly(4L);
  }

  private List<Long> found(LogWanted wanted, long from) {
    return store.wanted(job, wanted, from, Long.MAX_VALUE, 10).stream().map(LogLine::seq).toList();
  }

  @Test
  void writersThatRaceForOneJobStoreEachLineOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        long seed = writer;
        ends.add(writers.submit(() -> writeInRandomOrder(seed)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      writers.shutdown();
    }

    assertThat(store.state(job)).isEqualTo(new LogState(100, 100, 100, null));
  }

  private void writeInRandomOrder(long seed) {
    List<Long> seqs = new ArrayList<>(LongStream.rangeClosed(1, 100).boxed().toList());
    Collections.shuffle(seqs, new Random(seed));
    for (int from = 0; from < 100; from += 10) {
      write(seqs.subList(from, from + 10).stream().mapToLong(Long::longValue).toArray());
    }
  }

  private long write(long... seqs) {
    return write(lines(seqs));
  }

  private long write(List<LogStream> lines) {
    return DATABASE
        .inTransaction(() -> store.write(List.of(new LogBatch(job, lines)), NOW))
        .get(job);
  }

  private List<Long> storedSeqs() {
    return store.after(job, 0, 1000).stream().map(LogLine::seq).toList();
  }

  private List<LogStream> lines(long... seqs) {
    return Arrays.stream(seqs).mapToObj(seq -> line(seq, "line " + seq)).toList();
  }

  private LogStream line(long seq, String text) {
    return line(seq, LogStreamName.STDOUT, text);
  }

  private LogStream line(long seq, LogStreamName stream, String text) {
    return new LogStream(job.toString(), seq, NOW, stream, text);
  }
}
