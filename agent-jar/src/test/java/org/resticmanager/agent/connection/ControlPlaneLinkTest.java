package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.KnownServer;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.job.Agreed;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.job.ProgressBoard;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.AgentUpdateAvailable;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.CommandUpdate;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Diff;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Heartbeat;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.LoggedLine;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.TokenUpdate;
import org.resticmanager.protocol.wire.TokenUpdateResult;
import org.resticmanager.protocol.wire.TreeListResult;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

class ControlPlaneLinkTest {

  private static final Welcome WELCOME = new Welcome(1, "1.0", List.of("ack", "resume"), 30);

  @TempDir Path root;

  private final Changes changes = new Changes();
  private final ProgressBoard board = new ProgressBoard(changes);
  private final WireCodec codec = new WireCodec();
  private final Agreed agreed = new Agreed();
  private final AtomicReference<String> tooOld = new AtomicReference<>();
  private FakeControlPlane server;
  private DataFolder data;
  private Spool spool;
  private SecretStore secrets;
  private ScheduleBook schedules;
  private ControlPlaneLink link;
  private Thread thread;
  private Clock clock = Clock.systemUTC();

  @BeforeEach
  void serve() throws Exception {
    server = new FakeControlPlane();
    data = new DataFolder(root.resolve("data")).prepared();
    spool = new Spool(data, codec, changes);
    secrets = new SecretStore(data);
    schedules = new ScheduleBook(data, "h1", ZoneId.systemDefault(), Clock.systemUTC(), changes);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (link != null) {
      link.stop();
      // a try to connect that nobody answers takes 20 s
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
    server.close();
  }

  private void connect(URI address, Duration longestBackOff) {
    EnrolmentStore enrolments = new EnrolmentStore(data);
    enrolments.save(new Enrolment(address, "h1", "web01", "agent-token", Optional.empty()));
    link =
        new ControlPlaneLink(
            enrolments,
            new KnownServer(data, "h1"),
            spool,
            handlers(),
            schedules,
            board,
            new Version(Optional.empty(), ""),
            new Machine("machine", "linux", "amd64", Optional.of(Instant.EPOCH), ZoneOffset.UTC),
            new AgentSettings(
                Duration.ZERO, longestBackOff, Duration.ofMinutes(10), Duration.ofHours(12), false),
            clock,
            changes,
            codec);
    thread =
        new Thread(
            () -> {
              try {
                link.run();
              } catch (AgentTooOld e) {
                tooOld.set(e.getMessage());
              }
            });
    thread.start();
  }

  private Handlers handlers() {
    // its thread is not started: no job runs here
    JobRunner jobs =
        new JobRunner(
            spool,
            changes,
            secrets,
            new Version(Optional.empty(), ""),
            "the-host",
            data.cache(),
            AgentSettings.ofThisProcess(),
            Clock.systemUTC(),
            new ProgressBoard(changes),
            agreed);
    return new Handlers(
        spool, secrets, new EnrolmentStore(data), jobs, schedules, Clock.systemUTC(), agreed);
  }

  private void connect() throws InterruptedException {
    connect(server.address(), Duration.ofMillis(200));
    server.accept();
  }

  @Test
  void theFirstFrameIsHelloAndTheTokenIsInTheUpgrade() throws Exception {
    spool.accept(new JobId("held"), command("held"));
    connect();

    assertThat(server.authorization()).isEqualTo("Bearer agent-token");
    Hello hello = server.next(Hello.class);
    assertThat(hello.protocolVersion()).isEqualTo(1);
    assertThat(hello.hostname()).isEqualTo("machine");
    assertThat(hello.resticVersion()).isEmpty();
    assertThat(hello.features())
        .containsExactly(
            "ack",
            "resume",
            "parts",
            "forget_groups",
            "hooks",
            "exclude_options",
            "environment",
            "bandwidth",
            "read_data_subset",
            "schedule_zone",
            "test",
            "token",
            "key",
            "compression",
            "snapshots_added",
            "current_file",
            "log_lines");
    assertThat(hello.jobs()).containsExactly(new HeldJob("held", JobStatus.QUEUED, 0));
  }

  @Test
  void aNewTokenIsOnDiskBeforeTheAgentSaysSoAndIsTheOneItSignsInWith() throws Exception {
    connect();
    assertThat(server.authorization()).isEqualTo("Bearer agent-token");
    server.send(new Welcome(1, "1.0", List.of("token"), 30));
    server.next(Hello.class);
    server.sendRequest(new TokenUpdate("another-token"), "t-1");

    assertThat(server.nextFrame())
        .contains("\"token.update.result\"", "\"id\":\"t-1\"", "\"stored\":true")
        .doesNotContain("another-token");
    Enrolment stored = new EnrolmentStore(data).load().orElseThrow();
    assertThat(stored.agentToken()).isEqualTo("another-token");
    assertThat(stored.hostName()).isEqualTo("web01");

    server.close(1011, "again");
    server.accept();
    assertThat(server.authorization()).isEqualTo("Bearer another-token");
  }

  @Test
  void aNewTokenThatCannotBeStoredIsRefusedAndTheOldOneStays() throws Exception {
    connect();
    server.send(new Welcome(1, "1.0", List.of("token"), 30));
    server.next(Hello.class);
    Path file = data.root().resolve("agent.json");
    String before = Files.readString(file);
    Files.writeString(file, "{");
    server.sendRequest(new TokenUpdate("another-token"), "t-1");

    TokenUpdateResult result = server.next(TokenUpdateResult.class);
    assertThat(result.stored()).isFalse();
    assertThat(result.error()).contains("agent.json").doesNotContain("another-token");
    assertThat(Files.readString(file)).isEqualTo("{");
    Files.writeString(file, before);
  }

  @Test
  void aCommandIsOnDiskBeforeItIsAcceptedAndKeepsTheEnvelopesId() throws Exception {
    connect();
    server.send(WELCOME);
    server.next(Hello.class);
    server.sendRequest(command("job-1"), "request-7");

    String reply = server.nextFrame();
    assertThat(reply).contains("\"command.result\"", "\"id\":\"request-7\"", "\"accepted\":true");
    assertThat(data.jobs().resolve("job-1/command.json")).exists();

    server.sendRequest(command("job-1"), "request-8");
    assertThat(server.next(CommandResult.class).accepted()).isTrue();
    assertThat(spool.jobs()).hasSize(1);
  }

  @Test
  void aCommandOfAJobThatWasCarriedOutIsRefusedSoThatAServerThatWasSetBackCanEndIt()
      throws Exception {
    endedJob("job-1");
    connect();
    server.send(WELCOME);
    server.next(JobFinished.class);
    server.send(new EventAck("job-1", 0, true));
    await().until(() -> spool.jobs().isEmpty());

    server.sendRequest(command("job-1"), "1");

    CommandResult refused = server.next(CommandResult.class);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.error()).contains("already");
    assertThat(spool.jobs()).isEmpty();
  }

  @Test
  void whatThisAgentCannotRunIsRefusedWithAReason() throws Exception {
    connect();
    server.send(WELCOME);
    server.sendRequest(CommandRun.of("j", JobKind.DIFF).diff(new Diff("a", "b")).build(), "1");

    CommandResult refused = server.next(CommandResult.class);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.error()).contains("diff");

    server.sendRequest(command("../../etc/passwd"), "2");
    assertThat(server.next(CommandResult.class).error()).contains("job_id");
    assertThat(spool.jobs()).isEmpty();
  }

  @Test
  void aWaitingJobIsCancelledAndItsEndIsSent() throws Exception {
    spool.accept(new JobId("job-1"), command("job-1"));
    connect();
    server.send(WELCOME);
    server.send(new CommandCancel("job-1"));

    JobFinished end = server.next(JobFinished.class);
    assertThat(end.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(end.exitCode()).isEqualTo(130);
  }

  @Test
  void whatNeedsAnExtensionIsNotSaidToAServerThatDoesNotSpeakIt() {
    Conversation conversation = new Conversation(codec, handlers(), Clock.systemUTC(), changes);
    conversation.say(new TreeListResult(List.of(), false, ""), Optional.of("1"));
    assertThat(conversation.nextAnswer()).isEmpty();

    conversation.take(codec.encode(new Welcome(1, "1.0", List.of("tree"), 30)));
    conversation.say(new TreeListResult(List.of(), false, ""), Optional.of("1"));
    assertThat(conversation.nextAnswer()).isPresent();
  }

  @Test
  void theRepositoryConnectionIsKept() throws Exception {
    connect();
    server.send(WELCOME);
    server.send(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO).repoUrl("/srv/r").repoPassword("pw").build());
    server.send(new ScheduleSet(7, List.of()));

    assertThat(server.next(ScheduleAck.class).version()).isEqualTo(7);
    assertThat(new SecretStore(data).slot("repo").url()).isEqualTo("/srv/r");
  }

  @Test
  void anExpressionThatCannotBeReadIsToldAndTheListIsAcknowledged() throws Exception {
    connect();
    server.send(WELCOME);
    server.send(new ScheduleSet(3, List.of(new Schedule("s1", "now and then", "", true, null))));

    WireError error = server.next(WireError.class);
    assertThat(error.code()).isEqualTo("bad_schedule");
    assertThat(error.message()).contains("s1", "now and then");
    assertThat(server.next(ScheduleAck.class).version()).isEqualTo(3);
    assertThat(data.schedules()).exists();
  }

  @Test
  void theNewestFireOfAScheduleIsSaidOverEveryConnection() throws Exception {
    Instant due = Instant.parse("2026-11-02T02:00:00Z");
    ScheduleSet list =
        new ScheduleSet(1, List.of(new Schedule("s1", "0 2 2 11 *", "", true, List.of())));
    Files.writeString(
        data.schedules(),
        "{\"host\":\"h1\",\"version\":1,\"schedules\":[{\"id\":\"s1\",\"cron\":\"0 2 2 11 *\",\"zone\":\"\","
            + "\"enabled\":true,\"after\":\""
            + due
            + "\"}],\"fires\":[{\"schedule\":\"s1\",\"at\":\""
            + due
            + "\",\"sentAt\":\""
            + due
            + "\"}]}");
    schedules = new ScheduleBook(data, "h1", ZoneId.systemDefault(), Clock.systemUTC(), changes);
    connect();
    server.next(Hello.class);
    server.send(list);
    assertThat(server.next(ScheduleFire.class)).isEqualTo(new ScheduleFire("s1", due));

    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    server.send(list);
    assertThat(server.next(ScheduleFire.class)).isEqualTo(new ScheduleFire("s1", due));
    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
  }

  @Test
  void unconfirmedEventsAreSentAgainAfterAReconnect() throws Exception {
    JobSpool job = startedJob("job-1", 3);
    connect();
    server.send(WELCOME);
    server.next(JobStarted.class);
    assertThat(server.next(LogStream.class).seq()).isEqualTo(1);
    assertThat(server.next(LogStream.class).seq()).isEqualTo(2);
    server.next(LogStream.class);
    server.send(new EventAck("job-1", 2, false));
    await().until(() -> confirmed("job-1").startsWith("2 "));
    server.close(1012, "restart");
    server.accept();
    assertThat(server.next(Hello.class).jobs())
        .containsExactly(new HeldJob("job-1", JobStatus.RUNNING, 3));
    server.send(WELCOME);

    server.next(JobStarted.class);
    assertThat(server.next(LogStream.class).seq()).isEqualTo(3);
    job.append(new JobFinished("job-1", JobStatus.SUCCEEDED, 0, Instant.EPOCH, null, ""));
    server.next(JobFinished.class);
    assertThat(spool.jobs()).hasSize(1);
    server.send(new EventAck("job-1", 3, true));
    await().until(() -> spool.jobs().isEmpty());
  }

  @Test
  void aServerOfTheBaseProtocolGetsEachEventOnce() throws Exception {
    JobSpool job = startedJob("job-1", 2);
    connect();
    server.next(Hello.class);
    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
    server.send(new ScheduleSet(1, List.of()));
    server.next(JobStarted.class);
    server.next(LogStream.class);
    server.next(LogStream.class);
    await().until(() -> confirmed("job-1").startsWith("2 "));
    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    server.send(new ScheduleSet(1, List.of()));

    server.next(ScheduleAck.class);
    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
    job.append(new JobFinished("job-1", JobStatus.SUCCEEDED, 0, Instant.EPOCH, null, ""));
    server.next(JobFinished.class);
    await().until(() -> spool.jobs().isEmpty());
  }

  @Test
  void aServerThatIsSilentForLongAndNeverConfirmedIsToldWhatThereIs() throws Exception {
    Ahead ahead = new Ahead();
    clock = ahead;
    startedJob("job-1", 0);
    connect();
    server.next(Hello.class);
    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();

    ahead.forward(Duration.ofSeconds(11));
    changes.signal();

    server.next(JobStarted.class);
  }

  @Test
  void aServerThatHasConfirmedBeforeIsWaitedForHoweverLongItIsSilent() throws Exception {
    Ahead ahead = new Ahead();
    clock = ahead;
    endedJob("job-1");
    connect();
    server.send(WELCOME);
    server.next(JobFinished.class);
    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);

    ahead.forward(Duration.ofSeconds(20));
    changes.signal();

    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
    assertThat(spool.jobs()).hasSize(1);
    server.send(WELCOME);
    server.next(JobFinished.class);
    server.send(new EventAck("job-1", 0, true));
    await().until(() -> spool.jobs().isEmpty());
  }

  @Test
  void thatTheServerHasConfirmedBeforeIsKnownAfterARestartOfTheAgent() throws Exception {
    endedJob("job-1");
    connect();
    server.send(WELCOME);
    server.next(JobFinished.class);
    link.stop();
    thread.join();
    Ahead ahead = new Ahead();
    clock = ahead;
    connect();
    server.next(Hello.class);

    ahead.forward(Duration.ofSeconds(20));
    changes.signal();

    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
    assertThat(spool.jobs()).hasSize(1);
  }

  @Test
  void anErrorDoesNotMakeAServerOneThatConfirmsNothing() throws Exception {
    endedJob("job-1");
    connect();
    server.next(Hello.class);

    server.send(new WireError("busy", "come back later", null));

    assertThat(server.silentFor(Duration.ofMillis(300))).isTrue();
    server.send(WELCOME);
    server.next(JobFinished.class);
    assertThat(spool.jobs()).hasSize(1);
  }

  @Test
  void aServerThatTakesThePlaceOfOneThatConfirmedIsOneOfTheBaseProtocolWhenItSaysSomethingElse()
      throws Exception {
    Ahead ahead = new Ahead();
    clock = ahead;
    connect();
    server.send(WELCOME);
    await().until(() -> new KnownServer(data, "h1").confirming());
    server.close(1012, "restart");
    server.accept();
    server.send(new ScheduleSet(1, List.of()));
    server.next(ScheduleAck.class);
    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    endedJob("job-1");

    ahead.forward(Duration.ofSeconds(11));
    changes.signal();

    server.next(JobFinished.class);
    await().until(() -> spool.jobs().isEmpty());
  }

  @Test
  void partsOfAReportAreSentOnlyToAServerThatSpeaksOfThem() throws Exception {
    JobSpool job = startedJob("job-1", 0);
    job.appendPart(new SnapshotsReport(List.of(), 1, 2));
    job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "part 1");
    job.appendPart(new SnapshotsReport(List.of(), 2, 2));
    job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "part 2");
    connect();
    server.send(WELCOME);
    server.next(JobStarted.class);
    assertThat(server.nextFrame()).contains("log.stream", "part 1");
    assertThat(server.nextFrame()).contains("log.stream", "part 2");

    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    server.send(new Welcome(1, "1.0", List.of("ack", "resume", "parts"), 30));
    assertThat(server.next(SnapshotsReport.class).part()).isEqualTo(1);
    server.next(LogStream.class);
    assertThat(server.next(SnapshotsReport.class).part()).isEqualTo(2);
  }

  @Test
  void whatNeedsAnExtensionIsSentOnlyToAServerThatHasNamedIt() throws Exception {
    JobSpool job = startedJob("job-1", 0);
    job.append(new RepoStats(null, 100L, null, null, null, "", null, null, null));
    job.append(RepoStats.ofCompression(200));
    job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "after it");
    connect();
    server.send(WELCOME);
    server.next(JobStarted.class);
    assertThat(server.next(RepoStats.class).rawSizeBytes()).isEqualTo(100);
    assertThat(server.nextFrame()).contains("log.stream", "after it");

    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    server.send(new Welcome(1, "1.0", List.of("ack", "resume", "compression"), 30));
    assertThat(server.next(RepoStats.class).rawSizeBytes()).isEqualTo(100);
    assertThat(server.next(RepoStats.class).uncompressedSizeBytes()).isEqualTo(200);
  }

  @Test
  void whatWasAgreedHoldsUntilTheNextConnectionWhichMayBeToAServerThatKnowsNoExtensions()
      throws Exception {
    connect();
    server.next(Hello.class);
    server.send(new Welcome(1, "1.0", List.of("ack", "snapshots_added"), 30));
    await().until(() -> agreed.includes("snapshots_added"));

    server.close(1012, "restart");
    assertThat(agreed.includes("snapshots_added")).isTrue();
    server.accept();
    server.next(Hello.class);

    assertThat(agreed.includes("snapshots_added")).isFalse();
  }

  @Test
  void progressNamesAFileOnlyToAServerThatHasNamedTheExtension() throws Exception {
    startedJob("job-1", 0);
    JobProgress reading = new JobProgress("job-1", 0.5, 1, 2, 10, 20, 1, 10, "/srv/file");
    board.post(reading);
    connect();
    server.send(WELCOME);
    assertThat(server.next(JobProgress.class)).isEqualTo(reading.inBase());

    server.close(1012, "restart");
    server.accept();
    server.next(Hello.class);
    server.send(new Welcome(1, "1.0", List.of("ack", "resume", "current_file"), 30));
    board.post(reading);
    assertThat(server.next(JobProgress.class)).isEqualTo(reading);
  }

  @Test
  void aBacklogOfManyLinesArrivesInOrder() throws Exception {
    startedJob("job-1", 5000);
    connect();
    server.send(WELCOME);

    for (int seq = 1; seq <= 5000; seq++) {
      assertThat(server.next(LogStream.class).seq()).isEqualTo(seq);
      if (seq % 500 == 0) {
        server.send(new EventAck("job-1", seq, false));
      }
    }
    await().until(() -> confirmed("job-1").startsWith("5000 "));
  }

  @Test
  void linesThatAreThereTogetherGoTogetherToAServerThatHasNamedTheExtension() throws Exception {
    JobSpool job = startedJob("job-1", 150);
    job.append(new RepoStats(null, 100L, null, null, null, "", null, null, null));
    job.appendLine(LogStreamName.STDERR, Instant.EPOCH, "after it");
    connect();
    server.send(new Welcome(1, "1.0", List.of("ack", "resume", "log_lines"), 30));

    server.next(JobStarted.class);
    LogLines together = server.next(LogLines.class);
    assertThat(together.firstSeq()).isEqualTo(1);
    assertThat(together.lines())
        .extracting(LoggedLine::payload)
        .containsExactlyElementsOf(IntStream.range(0, 150).mapToObj(i -> "line " + i).toList());
    server.next(RepoStats.class);
    assertThat(server.next(LogStream.class))
        .isEqualTo(new LogStream("job-1", 151, Instant.EPOCH, LogStreamName.STDERR, "after it"));
    server.send(new EventAck("job-1", 151, false));
    await().until(() -> confirmed("job-1").startsWith("151 "));
  }

  @Test
  void longLinesDoNotMakeAFrameTooLong() throws Exception {
    JobSpool job = startedJob("job-1", 0);
    for (int i = 0; i < 5; i++) {
      job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "x".repeat(12_000));
    }
    job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "y".repeat(60_000));
    connect();
    server.send(new Welcome(1, "1.0", List.of("ack", "resume", "log_lines"), 30));

    server.next(JobStarted.class);
    assertThat(server.next(LogLines.class).lines()).hasSize(2);
    assertThat(server.next(LogLines.class).firstSeq()).isEqualTo(3);
    assertThat(server.next(LogStream.class).seq()).isEqualTo(5);
    assertThat(server.next(LogStream.class).payload()).hasSize(60_000);
  }

  @Test
  void noMoreThanAWindowIsSentAheadOfWhatTheServerHasConfirmed() throws Exception {
    int lines = (int) (3 * Flight.WINDOW_BYTES / 1000);
    JobSpool job = startedJob("job-1", 0);
    for (int i = 0; i < lines; i++) {
      job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "x".repeat(1000));
    }
    connect();
    server.send(WELCOME);

    server.next(JobStarted.class);
    long seq = 0;
    while (!server.silentFor(Duration.ofMillis(500))) {
      seq++; // the frame that broke the silence
    }
    assertThat(seq * 1000).isBetween(Flight.WINDOW_BYTES / 2, Flight.WINDOW_BYTES);

    server.send(new EventAck("job-1", seq, false));
    assertThat(server.next(LogStream.class).seq()).isEqualTo(seq + 1);
  }

  @Test
  void badFramesAreAnsweredAndTheConnectionStays() throws Exception {
    connect();
    server.send(WELCOME);
    server.next(Hello.class);

    for (String frame : List.of("{", "[]", "{\"type\":7}", "{\"type\":\"event.ack\"}", "\u0000")) {
      server.sendText(frame);
      assertThat(server.next(WireError.class).code()).isEqualTo("malformed");
    }
    server.sendText("{\"type\":\"levitate\",\"id\":\"1\",\"payload\":{}}");
    assertThat(server.next(WireError.class).code()).isEqualTo("unknown_type");
    server.send(new AgentUpdateAvailable("9.9", "https://packages.example", ""));
    server.send(new CommandCancel("nobody"));
    server.sendRequest(new CommandUpdate("9.9", "https://a.example", "0".repeat(64)), "7");
    String refusal = server.nextFrame();
    assertThat(refusal).contains("\"error\"", "\"id\":\"7\"", "not_supported", "command.update");
    server.send(new EventAck("nobody's", 5, true));
    server.send(new EventAck("nobody", 5, true));
    server.send(new ScheduleSet(2, null));
    assertThat(server.next(ScheduleAck.class).version()).isEqualTo(2);
  }

  @Test
  void aHeartbeatComesAsOftenAsTheServerWants() throws Exception {
    connect();
    server.send(new Welcome(1, "1.0", List.of(), 1));

    server.next(Heartbeat.class);
    server.next(Heartbeat.class);
  }

  @Test
  void anAgentThatIsTooOldStops() throws Exception {
    connect();
    server.next(Hello.class);
    // the server closes after it; the agent, which need not wait for that, may be quicker
    server.send(new WireError("protocol_too_old", "need version 2", "https://help.example"));

    thread.join(10_000);
    assertThat(tooOld.get()).contains("need version 2", "https://help.example");
  }

  @Test
  void anAgentThatWasReplacedWaitsTheLongestTime() throws Exception {
    connect(server.address(), Duration.ofSeconds(3));
    server.accept();
    server.next(Hello.class);
    server.close(4002, "newer connection");

    assertThat(server.somebodyComesWithin(Duration.ofMillis(2500))).isFalse();
    assertThat(server.somebodyComesWithin(Duration.ofSeconds(13))).isTrue();
  }

  @Test
  void anAgentThatIsThrownOutDoesNotComeBackAtOnce() throws Exception {
    connect(server.address(), Duration.ofSeconds(2));
    server.accept();
    for (int code : List.of(1008, 1009, 1013)) {
      server.next(Hello.class);
      server.close(code, "no");

      assertThat(server.somebodyComesWithin(Duration.ofMillis(800))).as("after " + code).isFalse();
      assertThat(server.somebodyComesWithin(Duration.ofSeconds(10))).as("after " + code).isTrue();
    }
  }

  @Test
  void framesThatAreTooLargeOrBinaryEndTheConnection() throws Exception {
    connect();
    server.next(Hello.class);
    server.sendText("{\"type\":\"heartbeat\"," + " ".repeat(1024 * 1024) + "\"payload\":{}}");
    assertThat(server.closeCode()).isEqualTo(1009);

    server.accept();
    server.next(Hello.class);
    server.sendBinary(new byte[] {1, 2, 3});
    assertThat(server.closeCode()).isEqualTo(1003);
  }

  @Test
  void anAgentThatIsTooOldStopsThoughItHearsNoMoreThanTheCloseCode() throws Exception {
    connect();
    server.next(Hello.class);
    server.close(4000, "protocol too old");

    thread.join(10_000);
    assertThat(tooOld.get()).contains("protocol too old");
  }

  @Test
  void theServerMayBeAwayForAWhile() throws Exception {
    connect();
    server.next(Hello.class);
    server.stop();
    server.start();

    server.accept();
    server.next(Hello.class);
  }

  @Test
  void anAgentWhoseClockIsSetBackComesBackNoLater() throws Exception {
    clock = new GoesBack();
    connect();
    server.next(Hello.class);
    server.stop();
    server.start();

    server.accept();
    server.next(Hello.class);
  }

  /** Goes ahead as the test says. */
  private static final class Ahead extends Clock {

    private Duration by = Duration.ZERO;

    synchronized void forward(Duration time) {
      by = by.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return Instant.now().plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** At each look it is an hour earlier. */
  private static final class GoesBack extends Clock {

    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Instant instant() {
      return Instant.now().minus(Duration.ofHours(looks.incrementAndGet()));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aRefusedTokenIsTriedOn() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    HttpServer refusing = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    refusing.createContext(
        "/ws/agent",
        exchange -> {
          tries.incrementAndGet();
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    refusing.start();
    try {
      connect(
          URI.create("http://127.0.0.1:" + refusing.getAddress().getPort()),
          Duration.ofMillis(100));
      await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() > 5);
      assertThat(thread.isAlive()).isTrue();
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void theUpgradesAnswerIsToldApart() throws Exception {
    Map<Integer, Parting.Cause> expected =
        Map.of(
            401, Parting.Cause.TOKEN_REFUSED,
            403, Parting.Cause.LOST,
            404, Parting.Cause.LOST,
            429, Parting.Cause.THROWN_OUT,
            503, Parting.Cause.LOST,
            200, Parting.Cause.LOST);
    for (Map.Entry<Integer, Parting.Cause> answer : expected.entrySet()) {
      HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      other.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(answer.getKey(), -1);
            exchange.close();
          });
      other.start();
      try {
        URI address = URI.create("ws://127.0.0.1:" + other.getAddress().getPort() + "/ws/agent");
        ControlPlaneSocket.connect(
                address, ServerTrust.USUAL, "t", Clock.systemUTC(), frame -> {}, () -> {})
            .close();
        throw new AssertionError("connected");
      } catch (CannotConnect e) {
        assertThat(e.parting().cause()).as("HTTP " + answer.getKey()).isEqualTo(answer.getValue());
        assertThat(e.parting().detail()).as("HTTP " + answer.getKey()).isNotBlank();
      } finally {
        other.stop(0);
      }
    }
  }

  @Test
  void failedTriesLeaveNoThreadsBehind() throws Exception {
    // bound and not listening: nobody answers there, and nobody else can be given the port
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress("127.0.0.1", 0));
      URI address = URI.create("ws://127.0.0.1:" + nobody.getLocalPort() + "/ws/agent");
      for (int i = 0; i < 5; i++) {
        tryIn(address);
      }
      int before = Thread.activeCount();
      for (int i = 0; i < 30; i++) {
        tryIn(address);
      }
      await().until(() -> Thread.activeCount() <= before + 5);
    }
  }

  private static void tryIn(URI address) throws IOException {
    try {
      ControlPlaneSocket.connect(
              address, ServerTrust.USUAL, "t", Clock.systemUTC(), frame -> {}, () -> {})
          .close();
      throw new AssertionError("connected");
    } catch (CannotConnect e) {
      assertThat(e.parting().detail().toLowerCase(Locale.ROOT)).contains("refused");
    }
  }

  @Test
  void everyMessageOfTheServersHasAHandler() {
    List<Class<?>> messages = List.of(ServerMessage.class.getPermittedSubclasses());

    assertThat(handlers().understood())
        .containsExactlyInAnyOrderElementsOf(
            messages.stream()
                .<Class<? extends ServerMessage>>map(c -> c.asSubclass(ServerMessage.class))
                .toList());
  }

  private String confirmed(String job) throws IOException {
    Path file = data.jobs().resolve(job).resolve("confirmed");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private void endedJob(String id) throws IOException {
    startedJob(id, 0).append(new JobFinished(id, JobStatus.SUCCEEDED, 0, Instant.EPOCH, null, ""));
  }

  private JobSpool startedJob(String id, int lines) throws IOException {
    spool.accept(new JobId(id), command(id));
    JobSpool job = spool.jobs().get(0);
    job.append(new JobStarted(id, JobKind.BACKUP, Instant.EPOCH));
    for (int i = 0; i < lines; i++) {
      job.appendLine(LogStreamName.STDOUT, Instant.EPOCH, "line " + i);
    }
    return job;
  }

  private static CommandRun command(String id) {
    return CommandRun.of(id, JobKind.BACKUP).includes(List.of("/x")).tag("tag").build();
  }
}
