package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database goes away under a control plane that lives on. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class DatabaseFaultsTest {

  private static final Duration OUTAGE = Duration.ofSeconds(60);
  private static final Duration NOT_READY_WITHIN = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MEBIBYTES = 320;
  private static final int UNREADABLE_FILES = 1000;
  private static final long LINES = 60_000;

  /** For the URL, which counts before the five minutes of docs/servers.md. */
  private static final String PATIENCE = "socketTimeout=10";

  private static final String SWEEPS_THAT_WAIT =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
          + " and query like '%over behind as position%'";

  /** Those that have not been asked since whether they live. */
  private static final String NEW_LISTENERS =
      "select count(*) from pg_stat_activity where query like 'listen %'";

  /** Which nobody is woken for. */
  private static final String QUEUE_BACKUP =
      "insert into job (id, first_job_id, host_id, repository_id, source_group_name, kind, status,"
          + " queued_at, queued_by) select made.id, made.id, c.host_id, c.repository_id, '%s',"
          + " 'backup', 'queued', now(), 'test' from repository_connection c,"
          + " (select gen_random_uuid() id) made where c.host_id = '%s'";

  private static ExternalDatabase database;
  private static ControlPlane controlPlane;
  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    database = new ExternalDatabase();
    controlPlane = new ControlPlane(database);
    controlPlane.admin();
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
    controlPlane.close();
    database.close();
  }

  @Test
  void backupIsDoneOnceAlthoughTheDatabaseIsStoppedForAMinute() {
    assertBackupSurvives("stopped", database::stop, database::start);
  }

  @Test
  void backupIsDoneOnceAlthoughTheDatabaseDoesNotAnswerForAMinute() {
    assertBackupSurvives("frozen", database::freeze, database::thaw);
  }

  private static void assertBackupSurvives(String name, Runnable away, Runnable back) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost(name, Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane);
      Restic.Repository repository = backup.prepare(admin, host, machine);
      String job = admin.runNow(host, LongBackup.GROUP);
      admin.awaitProgress(job);

      away.run();
      await("a balancer is told")
          .atMost(NOT_READY_WITHIN)
          .until(() -> controlPlane.api().get("/health/ready").status() == 503);
      assertThat(controlPlane.api().get("/health/live").status()).isEqualTo(200);
      await("the outage is over").pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(5)).until(() -> true);
      assertThat(machine.running()).isTrue();
      back.run();

      controlPlane.awaitReady();
      backup.assertDoneOnce(admin, job, machine, repository);
      admin.awaitOnline(host);
    }
  }

  @Test
  void logIsCompleteAndOnceAlthoughTheDatabaseIsKilledInTheMiddleOfABatch() {
    try (RawAgent agent =
        RawAgent.enrol(controlPlane, "batches", LongBackup.GROUP).connect("ack")) {
      String job = agent.beginBackup(LongBackup.GROUP);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> agent.logPatiently(job, 1, LINES));
      await("some lines are confirmed, many are not")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> agent.confirmed(job) > 0);

      database.kill();
      database.start();

      assertThat(sending).as("what was said when it died").failsWithin(LIMIT);
      long confirmed = agent.confirmed(job);
      assertThat(confirmed).isLessThan(LINES);
      controlPlane.awaitReady();
      agent.connect("ack").logPatiently(job, confirmed + 1, LINES);
      agent.awaitConfirmed(job, LINES);
      agent.finish(job);

      JsonObject ended = controlPlane.admin().awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
      List<String> log =
          controlPlane
              .admin()
              .api()
              .get("/api/v1/jobs/" + job + "/log.txt")
              .expect(200)
              .body()
              .lines()
              .map(line -> line.substring(line.indexOf("line ")))
              .toList();
      assertThat(log)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, LINES).mapToObj(seq -> "line " + seq).toList());
    }
  }

  @Test
  void aNodeGoesOnAlthoughTheDatabaseHasVanishedWithoutAWord() {
    try (ExternalDatabase vanishing = new ExternalDatabase();
        Gateway gateway = new Gateway(vanishing);
        ControlPlane node =
            new ControlPlane(vanishing.by(gateway.url(vanishing) + "?" + PATIENCE))) {
      RawAgent agent = RawAgent.enrol(node, "vanished", LongBackup.GROUP).connect("ack");
      String init = agent.begin();
      agent.finish(init);
      node.admin().awaitEnd(init, LIMIT);
      CompletableFuture<?> lock =
          CompletableFuture.runAsync(
              () ->
                  vanishing.query(
                      "begin; lock table job in access exclusive mode; select pg_sleep(12); commit"));
      await("the look for jobs waits for an answer")
          .atMost(LIMIT)
          .until(() -> !vanishing.query(SWEEPS_THAT_WAIT).equals(List.of("0")));
      gateway.vanish();
      lock.join();
      // whoever listens anew looks at everything once, which is not meant here
      await("it listens again")
          .atMost(LIMIT)
          .until(() -> !vanishing.query(NEW_LISTENERS).equals(List.of("0")));
      await("and has done so for a while")
          .atMost(LIMIT)
          .until(() -> vanishing.query(NEW_LISTENERS).equals(List.of("0")));

      vanishing.query(QUEUE_BACKUP.formatted(LongBackup.GROUP, agent.hostId()));

      agent.begin(LIMIT);
    }
  }
}
