package org.resticmanager.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.SpoolSettings;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

class SpoolTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final JobId ID = new JobId("job-1");

  private static final int MEBI = 1024 * 1024;
  private static final String LONG = "x".repeat(8000);

  @TempDir Path root;

  private DataFolder data;
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    data = new DataFolder(root.resolve("data")).prepared();
    restart();
  }

  private void restart() throws IOException {
    spool = new Spool(data, new WireCodec(), new Changes());
  }

  @Test
  void anAcceptedCommandSurvivesARestart() throws IOException {
    CommandRun command = command("job-1", "/päth with\nnewline");
    spool.accept(ID, command);

    restart();

    assertThat(spool.nextQueued().orElseThrow().command()).isEqualTo(command);
    assertThat(spool.nextQueued().orElseThrow().held())
        .isEqualTo(new HeldJob("job-1", JobStatus.QUEUED, 0));
  }

  @Test
  void jobsKeepTheOrderInWhichTheyCame() throws IOException {
    for (String id : List.of("c", "a", "b")) {
      spool.accept(new JobId(id), command(id, "/x"));
    }
    restart();
    spool.accept(new JobId("0"), command("0", "/x"));
    restart();

    assertThat(spool.jobs())
        .extracting(job -> job.id().value())
        .containsExactly("c", "a", "b", "0");
  }

  @Test
  void aRepeatedCommandChangesNothing() throws IOException {
    spool.accept(ID, command("job-1", "/first"));
    start(job());

    spool.accept(ID, command("job-1", "/second"));

    assertThat(spool.jobs()).hasSize(1);
    assertThat(job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(job().command().includes()).containsExactly("/first");
  }

  @Test
  void aCommandOfAConfirmedJobIsRefusedAndNotStoredAgain() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    finish(job());
    spool.confirmed(ID, 0, true);
    assertThat(spool.jobs()).isEmpty();
    assertThat(data.jobs()).isEmptyDirectory();

    assertThatThrownBy(() -> spool.accept(ID, command("job-1", "/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already");
    assertThat(spool.jobs()).isEmpty();
    restart();
    assertThatThrownBy(() -> spool.accept(ID, command("job-1", "/x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(spool.jobs()).isEmpty();
  }

  @Test
  void aCommandThatCouldNotBeStoredIsNotThereAfterARestart() throws IOException {
    // the command can be written, its events cannot
    Files.createDirectories(data.jobs().resolve("job-1").resolve(JobSpool.EVENTS));

    assertThatThrownBy(() -> spool.accept(ID, command("job-1", "/x")))
        .isInstanceOf(IOException.class);

    assertThat(spool.jobs()).isEmpty();
    restart();
    assertThat(spool.jobs()).isEmpty();
    assertThat(data.jobs()).isEmptyDirectory();
    spool.accept(ID, command("job-1", "/x"));
    assertThat(spool.jobs()).hasSize(1);
  }

  @Test
  void eventsAreSentInOrderAndAgainAfterAReconnect() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 3);
    finish(job());

    List<String> expected =
        List.of("job.started 0", "log.stream 1", "log.stream 2", "log.stream 3", "job.finished 3");
    assertThat(unsent(job())).isEqualTo(expected);
    assertThat(unsent(job())).isEqualTo(expected);
    restart();
    assertThat(unsent(job())).isEqualTo(expected);
    assertThat(job().held()).isEqualTo(new HeldJob("job-1", JobStatus.SUCCEEDED, 3));
  }

  @Test
  void confirmedLinesAreNotSentAgain() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 5);
    spool.confirmed(ID, 3, false);

    List<String> expected = List.of("job.started 0", "log.stream 4", "log.stream 5");
    assertThat(unsent(job())).isEqualTo(expected);
    restart();
    assertThat(unsent(job())).isEqualTo(expected);
  }

  @Test
  void aConfirmationBeyondWhatThereIsSwallowsNothing() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 2);

    spool.confirmed(ID, 1000, false);
    lines(job(), 1);

    assertThat(unsent(job())).containsExactly("job.started 0", "log.stream 3");
  }

  @Test
  void anEndThatDidNotHappenHereIsNotConfirmed() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());

    spool.confirmed(ID, 0, true);
    spool.confirmed(new JobId("unknown"), 0, true);

    assertThat(job().status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void aServerThatConfirmsNothingGetsEachEventOnce() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 2);
    JobSpool.Unsent first = job().unsent();
    first.next();
    first.next();
    first.drop();

    assertThat(unsent(job())).containsExactly("log.stream 2");
    restart();
    assertThat(unsent(job())).containsExactly("log.stream 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.stream 3 {\"type\":\"log.st",
        "log.stream 3 {\"type\"}",
        "log",
        "\0\0\0\0\0\0",
        "log.stream 2 {\"again\":1}\n",
        "garbage\nlog.stream 3 {}\n",
        "log.stream 4 {}\n"
      })
  void whatACrashCutOffIsForgottenAndItsNumberUsedAgain(String torn) throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 2);
    Files.writeString(segment(1), torn, StandardOpenOption.APPEND);

    restart();
    assertThat(job().held()).isEqualTo(new HeldJob("job-1", JobStatus.RUNNING, 2));
    lines(job(), 1);

    assertThat(unsent(job()))
        .containsExactly("job.started 0", "log.stream 1", "log.stream 2", "log.stream 3");
    restart();
    assertThat(job().held().lastSeq()).isEqualTo(3);
  }

  @Test
  void linesThatWereConfirmedAndLostKeepTheirNumbers() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 5);
    spool.confirmed(ID, 5, false);
    List<String> all = Files.readAllLines(segment(1));
    Files.write(segment(1), all.subList(0, 3));

    restart();
    lines(job(), 1);

    assertThat(unsent(job())).containsExactly("job.started 0", "log.stream 6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job.fini", "job.finished 2 {\"type\"}", "\0\0\0", "x\ny\n"})
  void anEndThatACrashCutOffDidNotHappen(String torn) throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 2);
    Files.writeString(data.jobs().resolve("job-1/events"), torn, StandardOpenOption.APPEND);

    restart();
    finish(job());

    assertThat(unsent(job()))
        .containsExactly("job.started 0", "log.stream 1", "log.stream 2", "job.finished 2");
    restart();
    assertThat(job().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void theLogIsCutInFilesThatGoWhenTheyAreConfirmed() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    long last = longLines(job(), 5 * MEBI);
    assertThat(segments()).hasSizeBetween(5, 6);
    assertThat(segmentBytes()).isGreaterThan(5L * MEBI);

    spool.confirmed(ID, last / 2, false);
    assertThat(segments()).hasSizeBetween(3, 4);
    spool.confirmed(ID, last, false);

    assertThat(segmentBytes()).isLessThan(MEBI / 4);
    restart();
    lines(job(), 1);
    assertThat(unsent(job())).containsExactly("job.started 0", "log.stream " + (last + 1));
  }

  @Test
  void whatIsInTheLogIsNotPutThereAgainAlthoughItsFileIsGone() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    Place early = new Place("backup.out", 17);
    job().appendLine(LogStreamName.STDOUT, NOW, "early", Optional.of(early));
    long last = longLines(job(), 3 * MEBI);
    spool.confirmed(ID, last, false);

    restart();

    assertThat(job().holds(early)).isTrue();
    assertThat(job().holds(new Place("backup.out", 18))).isFalse();
    assertThat(job().held().lastSeq()).isEqualTo(last);
  }

  @Test
  void linesThatAreMissingInTheMiddleAreReplacedSoThatNumbersHaveNoGap() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    long last = longLines(job(), 3 * MEBI);
    byte[] first = Files.readAllBytes(segment(1));
    Files.write(segment(1), Arrays.copyOf(first, first.length - 30_000));

    restart();

    List<String> told = unsent(job());
    assertThat(told).hasSize((int) last + 1);
    for (int seq = 1; seq <= last; seq++) {
      assertThat(told.get(seq)).isEqualTo("log.stream " + seq);
    }
    assertThat(Files.readString(segment(1))).contains("this line was lost");
  }

  @Test
  void linesGiveWayWhenTheSpoolIsFullAndTheLogSaysSo() throws IOException {
    full(1);
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    Place place = new Place("backup.out", 4711);
    long kept = longLines(job(), 3 * MEBI);
    job().appendLine(LogStreamName.STDERR, NOW, LONG, Optional.of(place));
    assertThat(segmentBytes()).isBetween(700L * 1024, (long) MEBI);
    job().appendLine(LogStreamName.EVENT, NOW, "{\"message_type\":\"summary\"}");
    longLines(job(), MEBI);
    job().append(SnapshotsReport.whole(List.of()));
    finish(job());
    assertThat(segmentBytes()).isLessThan(MEBI);

    List<SpooledEvent> events = events(job());
    assertThat(events.get(events.size() - 1).type()).isEqualTo("job.finished");
    List<SpooledEvent> lines = events.stream().filter(SpooledEvent::logLine).toList();
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(lines.get((int) kept).frame())
        .containsPattern("restic-manager: \\d+ lines were not kept, the spool is full");
    assertThat(lines.get((int) kept + 1).frame()).contains("summary");
    assertThat(lines.get((int) kept + 2).frame()).contains("lines were not kept");
    assertThat(lines).hasSize((int) kept + 3);
    restart();
    assertThat(job().holds(place)).isTrue();
  }

  @Test
  void aConfirmationMakesRoomForMore() throws IOException {
    full(1);
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    longLines(job(), 2 * MEBI);

    spool.confirmed(ID, job().held().lastSeq(), false);
    lines(job(), 1);

    List<SpooledEvent> events = events(job());
    assertThat(events.get(1).frame()).contains("lines were not kept");
    assertThat(events.get(2).frame()).contains("line\\nwith");
    assertThat(SpoolUse.of(data, new SpoolSettings(MEBI)).inWords()).isEqualTo("0.0 of 1 MiB");
  }

  @Test
  void somebodyWhoOnlyLooksSeesThatTheSpoolIsFull() throws IOException {
    full(1);
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    longLines(job(), 2 * MEBI);

    assertThat(SpoolUse.of(data, new SpoolSettings(MEBI)).inWords())
        .startsWith("0.9 of 1 MiB; IT IS FULL");
    assertThat(new SpoolUse(0, MEBI, 4096).inWords()).contains("THE DISK IS FULL");
  }

  @Test
  void aCommandThatCannotBeCarriedOutHereIsNotStored() throws IOException {
    spool =
        new Spool(
            data,
            new WireCodec(),
            new Changes(),
            SpoolSettings.UNLESS_TOLD,
            command -> Optional.of("no " + command.tag()));

    assertThatThrownBy(() -> spool.accept(ID, command("job-1", "/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tag");
    assertThat(spool.jobs()).isEmpty();
    assertThat(data.jobs()).isEmptyDirectory();
  }

  @Test
  void aFolderWithoutACommandIsNoJob() throws IOException {
    Path half = Files.createDirectories(data.jobs().resolve("half-made"));
    Files.writeString(half.resolve("events"), "job.started 0 {}\n");

    restart();

    assertThat(spool.jobs()).isEmpty();
    assertThat(half).doesNotExist();
  }

  @Test
  void aCommandThatIsNotUnderstoodIsLeftForALaterVersion() throws IOException {
    Path other = Files.createDirectories(data.jobs().resolve("from-the-future"));
    Files.writeString(
        other.resolve("command.json"),
        "{\"order\":1,\"command\":{\"type\":\"command.run\",\"payload\":{\"job_id\":\"x\","
            + "\"kind\":\"levitate\"}}}");

    restart();

    assertThat(spool.jobs()).isEmpty();
    assertThat(other).isDirectory();
  }

  @Test
  void aConfirmedJobWhoseFolderSurvivedIsDeletedAtTheNextStart() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    finish(job());
    Files.writeString(data.finishedJobs(), "job-1\n");

    restart();

    assertThat(spool.jobs()).isEmpty();
    assertThat(data.jobs()).isEmptyDirectory();
  }

  @Test
  void onlyTheLatestFinishedJobsAreRemembered() throws IOException {
    Path file = root.resolve("finished");
    Files.write(file, IntStream.range(0, 1005).mapToObj(i -> "j" + i).toList());
    FinishedJobs finished = new FinishedJobs(file);
    for (int i = 1005; i < 1010; i++) {
      finished.add(new JobId("j" + i));
    }

    FinishedJobs again = new FinishedJobs(root.resolve("finished"));
    assertThat(again.contains(new JobId("j9"))).isFalse();
    assertThat(again.contains(new JobId("j10"))).isTrue();
    assertThat(again.contains(new JobId("j1009"))).isTrue();
  }

  @Test
  void anEventThatNoPeerTakesIsRefused() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    Snapshot snapshot =
        new Snapshot(
            "a".repeat(64),
            "a",
            NOW.atOffset(ZoneOffset.UTC),
            "h",
            List.of("/" + "p".repeat(900)),
            List.of(),
            1,
            1);
    List<Snapshot> many = Collections.nCopies(1100, snapshot);

    assertThatThrownBy(() -> job().append(SnapshotsReport.whole(many)))
        .isInstanceOf(FrameTooLarge.class);

    assertThat(unsent(job())).containsExactly("job.started 0");
  }

  @Test
  void aPartIsSentAgainUntilTheLineBehindItIsConfirmed() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    job().appendPart(new SnapshotsReport(List.of(), 1, 2));
    lines(job(), 1);
    job().appendPart(new SnapshotsReport(List.of(), 2, 2));
    lines(job(), 1);
    spool.confirmed(ID, 1, false);

    assertThat(unsent(job()))
        .containsExactly("job.started 0", "snapshots.report 1", "log.stream 2");
    restart();
    assertThat(unsent(job()))
        .containsExactly("job.started 0", "snapshots.report 1", "log.stream 2");
  }

  @Test
  void aReportIsToldWhenItsLastPartIs() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    job().appendPart(new SnapshotsReport(List.of(), 1, 2));
    restart();
    assertThat(job().told(MessageType.SNAPSHOTS_REPORT)).isFalse();

    job().appendPart(new SnapshotsReport(List.of(), 2, 2));
    restart();
    assertThat(job().told(MessageType.SNAPSHOTS_REPORT)).isTrue();
  }

  @Test
  void aLongLogIsReadPieceByPiece() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    String text = "ü\u001b\"".repeat(10_000);
    for (int i = 0; i < 50; i++) {
      job().appendLine(LogStreamName.STDOUT, NOW, text);
    }

    JobSpool.Unsent unsent = job().unsent();
    unsent.next();
    for (int i = 1; i <= 50; i++) {
      assertThat(unsent.next().orElseThrow().seq()).isEqualTo(i);
    }
    assertThat(unsent.next()).isEmpty();
    lines(job(), 1);
    assertThat(unsent.next().orElseThrow().seq()).isEqualTo(51);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "a\\b", "a b", "ü", "../../etc"})
  void anIdThatIsNoFileNameIsRefused(String id) {
    assertThatThrownBy(() -> new JobId(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void somebodyWhoOnlyLooksSeesTheJobs() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    spool.accept(new JobId("job-2"), command("job-2", "/x"));
    start(job());

    assertThat(JobOnDisk.list(data))
        .containsExactly(
            new JobOnDisk("job-1", "backup", "running"),
            new JobOnDisk("job-2", "backup", "queued"));
  }

  private JobSpool job() {
    return spool.jobs().get(0);
  }

  private static CommandRun command(String id, String path) {
    return CommandRun.of(id, JobKind.BACKUP)
        .includes(List.of(path))
        .excludes(List.of("*.tmp"))
        .tag("tag")
        .build();
  }

  private void full(int mebibytes) throws IOException {
    spool =
        new Spool(
            data,
            new WireCodec(),
            new Changes(),
            new SpoolSettings((long) mebibytes * MEBI),
            command -> Optional.empty());
  }

  /** Appends lines of some kilobytes; returns the last one's number. */
  private static long longLines(JobSpool job, int bytes) {
    for (int written = 0; written < bytes; written += LONG.length()) {
      job.appendLine(LogStreamName.STDOUT, NOW, LONG);
    }
    return job.held().lastSeq();
  }

  private Path segment(long first) {
    return data.jobs().resolve(String.format("job-1/log-%019d", first));
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(data.jobs().resolve("job-1"))) {
      return files.filter(LogSegments::isOne).toList();
    }
  }

  private long segmentBytes() throws IOException {
    long bytes = 0;
    for (Path segment : segments()) {
      bytes += Files.size(segment);
    }
    return bytes;
  }

  private static void start(JobSpool job) throws IOException {
    job.append(new JobStarted(job.id().value(), JobKind.BACKUP, NOW));
  }

  private static void finish(JobSpool job) throws IOException {
    job.append(new JobFinished(job.id().value(), JobStatus.SUCCEEDED, 0, NOW, null, ""));
  }

  private static void lines(JobSpool job, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      job.appendLine(LogStreamName.STDOUT, NOW, "line\nwith\u2028breaks");
    }
  }

  private static List<String> unsent(JobSpool job) throws IOException {
    return events(job).stream().map(event -> event.type() + " " + event.seq()).toList();
  }

  private static List<SpooledEvent> events(JobSpool job) throws IOException {
    List<SpooledEvent> events = new ArrayList<>();
    JobSpool.Unsent unsent = job.unsent();
    Optional<SpooledEvent> event = unsent.next();
    while (event.isPresent()) {
      events.add(event.get());
      event = unsent.next();
    }
    return events;
  }
}
