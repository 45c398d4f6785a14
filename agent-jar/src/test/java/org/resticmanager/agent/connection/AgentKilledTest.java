package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.agent.job.SlowRestic;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.Welcome;

/** A real agent that dies, or is stopped, while a real restic runs. */
class AgentKilledTest {

  private static final String PASSWORD = "secret-password";
  private static final int NOISE = 400;
  private static final Welcome WELCOME = new Welcome(1, "1.0", List.of("ack", "resume"), 30);

  @TempDir Path folder;

  private FakeControlPlane server;

  static Stream<Path> restics() {
    return SlowRestic.all().stream();
  }

  @BeforeEach
  void serve() throws Exception {
    server = new FakeControlPlane();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void aBackupSucceedsAlthoughTheAgentIsKilledAtSeveralPoints(Path restic) throws Exception {
    SlowRestic slow = new SlowRestic(folder, restic);
    String repository = folder.resolve("repo").toString();
    try (AgentProcess agent =
        new AgentProcess(folder, server.address(), slow.program(4000, NOISE))) {
      beginBackup(agent, slow, repository);
      String id = "backup-1";
      List<Predicate<Message>> points =
          List.of(
              message -> message instanceof JobStarted,
              message -> message instanceof LogStream line && line.payload().equals("noise 50"),
              message -> message instanceof LogStream line && line.seq() > 300,
              message ->
                  message instanceof LogStream line && line.payload().contains("\"summary\""));
      for (Predicate<Message> point : points) {
        awaitMessage(point);
        agent.kill();
        agent.start();
        server.accept();
        Hello hello = server.next(Hello.class);
        assertThat(hello.jobs()).extracting(job -> job.jobId()).containsExactly("init-1", id);
        server.send(WELCOME);
      }

      TreeMap<Long, String> lines = new TreeMap<>();
      int reports = 0;
      Message message = server.next(Message.class);
      while (!(message instanceof JobFinished end && end.jobId().equals(id))) {
        if (message instanceof LogStream line && line.jobId().equals(id)) {
          assertThat(lines.put(line.seq(), line.payload())).as("line " + line.seq()).isNull();
        }
        reports += message instanceof SnapshotsReport ? 1 : 0;
        message = server.next(Message.class);
      }
      assertThat(((JobFinished) message).error()).isEmpty();
      assertThat(((JobFinished) message).status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(lines.firstKey()).isEqualTo(1);
      assertThat(lines.lastKey()).isEqualTo(lines.size());
      assertThat(lines.values().stream().filter(text -> text.startsWith("noise")))
          .containsExactlyElementsOf(
              IntStream.range(0, NOISE).mapToObj(i -> "noise " + i).toList());
      assertThat(lines.values().stream().filter(text -> text.contains("\"summary\""))).hasSize(1);
      assertThat(reports).as("of init and of the backup").isEqualTo(2);
      assertThat(slow.calls().stream().filter(call -> call.equals("backup"))).hasSize(1);
      assertThat(slow.ask(repository, PASSWORD, "list", "snapshots").lines()).hasSize(1);
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
    }
  }

  @Test
  void aStoppedAgentLeavesResticRunningAndSaysSo() throws Exception {
    SlowRestic slow = new SlowRestic(folder, newest());
    String repository = folder.resolve("repo").toString();
    try (AgentProcess agent = new AgentProcess(folder, server.address(), slow.program(4000, 0))) {
      beginBackup(agent, slow, repository);
      awaitMessage(message -> message instanceof JobProgress);

      agent.terminate();
      assertThat(agent.log()).contains("job backup-1: left to the next start", "disconnected from");
      agent.start();
      server.accept();
      server.send(WELCOME);

      JobFinished end = awaitEnd();
      assertThat(end.status()).as(end.error()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(slow.calls().stream().filter(call -> call.equals("backup"))).hasSize(1);
    }
  }

  @Test
  void anAgentThatIsToldToEndsItsJobWhenStopped() throws Exception {
    SlowRestic slow = new SlowRestic(folder, newest());
    String repository = folder.resolve("repo").toString();
    try (AgentProcess agent =
        new AgentProcess(folder, server.address(), slow.program(2000, 0), "--end-jobs-on-stop")) {
      beginBackup(agent, slow, repository);
      awaitMessage(message -> message instanceof JobProgress);

      agent.terminate();

      JobFinished end = awaitEnd();
      assertThat(end.status()).isEqualTo(JobStatus.FAILED);
      assertThat(end.error()).isEqualTo("the agent was stopped while restic ran");
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
    }
  }

  @Test
  void aCancelIsCarriedOutAlthoughTheAgentIsKilledRightAfterIt() throws Exception {
    SlowRestic slow = new SlowRestic(folder, newest());
    String repository = folder.resolve("repo").toString();
    try (AgentProcess agent = new AgentProcess(folder, server.address(), slow.program(2000, 0))) {
      beginBackup(agent, slow, repository);
      awaitMessage(message -> message instanceof JobProgress);

      server.send(new CommandCancel("backup-1"));
      Path mark = agent.jobFolder("backup-1").resolve("cancel");
      await().until(() -> Files.exists(mark));
      agent.kill();
      agent.start();
      server.accept();
      server.send(WELCOME);

      JobFinished end = awaitEnd();
      assertThat(end.status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(end.exitCode()).isEqualTo(130);
      assertThat(slow.ask(repository, PASSWORD, "list", "locks", "--no-lock")).isEmpty();
    }
  }

  private void beginBackup(AgentProcess agent, SlowRestic slow, String repository)
      throws IOException, InterruptedException {
    agent.start();
    server.accept();
    server.send(WELCOME);
    server.send(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO).repoUrl(repository).repoPassword(PASSWORD).build());
    server.send(CommandRun.of("init-1", JobKind.INIT).build());
    assertThat(server.next(JobFinished.class).status()).isEqualTo(JobStatus.SUCCEEDED);
    server.send(
        CommandRun.of("backup-1", JobKind.BACKUP)
            .includes(List.of(slow.source(24).toString()))
            .tag("tag")
            .build());
  }

  private void awaitMessage(Predicate<Message> wanted) throws InterruptedException {
    while (!wanted.test(server.next(Message.class))) {
      // what comes before it is of no matter here
    }
  }

  private JobFinished awaitEnd() throws InterruptedException {
    JobFinished end = server.next(JobFinished.class);
    return end.jobId().equals("init-1") ? awaitEnd() : end;
  }

  private static Path newest() {
    List<Path> all = SlowRestic.all();
    return all.get(all.size() - 1);
  }
}
