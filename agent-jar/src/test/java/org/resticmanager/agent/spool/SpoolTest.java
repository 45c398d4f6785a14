package org.resticmanager.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
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
  void aCommandOfAConfirmedJobIsNotStoredAgain() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    finish(job());
    spool.confirmed(ID, 0, true);
    assertThat(spool.jobs()).isEmpty();
    assertThat(data.jobs()).isEmptyDirectory();

    spool.accept(ID, command("job-1", "/x"));
    assertThat(spool.jobs()).isEmpty();
    restart();
    spool.accept(ID, command("job-1", "/x"));
    assertThat(spool.jobs()).isEmpty();
  }

  @Test
  void eventsAreSentInOrderAndAgainAfterAReconnect() throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 3);
    finish(job());

    List<String> expected =
        List.of("job.started 0", "log.stream 1", "log.stream 2", "log.stream 3", "job.finished 0");
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
        "garbage\nlog.stream 3 {}\n"
      })
  void whatACrashCutOffIsForgottenAndItsNumberUsedAgain(String torn) throws IOException {
    spool.accept(ID, command("job-1", "/x"));
    start(job());
    lines(job(), 2);
    Files.writeString(data.jobs().resolve("job-1/events"), torn, StandardOpenOption.APPEND);

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
    Path events = data.jobs().resolve("job-1/events");
    List<String> all = Files.readAllLines(events);
    Files.write(events, all.subList(0, 3));

    restart();
    lines(job(), 1);

    assertThat(unsent(job())).containsExactly("job.started 0", "log.stream 6");
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
            "a".repeat(64), "a", NOW, "h", List.of("/" + "p".repeat(900)), List.of(), 1, 1);
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
        .containsExactly("job.started 0", "snapshots.report 2", "log.stream 2");
    restart();
    assertThat(unsent(job()))
        .containsExactly("job.started 0", "snapshots.report 2", "log.stream 2");
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
    List<String> events = new ArrayList<>();
    JobSpool.Unsent unsent = job.unsent();
    Optional<SpooledEvent> event = unsent.next();
    while (event.isPresent()) {
      events.add(event.get().type() + " " + event.get().seq());
      event = unsent.next();
    }
    return events;
  }
}
