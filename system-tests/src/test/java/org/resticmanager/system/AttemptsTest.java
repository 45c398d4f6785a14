package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** Jobs that are tried again, and jobs that wait for a lock or for each other. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class AttemptsTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int JOBS = 50;

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  // --- locks ---

  /** The second restic really runs, and really excludes the first. */
  @Test
  void lockOfAnotherResticIsWaitedForAndThenTheBackupSucceeds() {
    Restic restic = Project.newestRestic();
    String password = Secrets.random();
    try (AgentHost machine = new AgentHost("locked", restic)) {
      String host = machine.join(controlPlane);
      Path folder = machine.folder().resolve("repository");
      admin.connect(host, admin.addRepository("locked", folder.toString(), password));
      Path source = machine.newFolder("files");
      SourceFiles.large(source.resolve("large"), 8, 1);
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      assertThat(admin.awaitEnd(admin.runNow(host, GROUP), LIMIT).getString("status"))
          .isEqualTo("succeeded");

      // it reads slowly, and holds its exclusive lock meanwhile
      Program other =
          Program.start(
              machine.folder().resolve("other.log"),
              Map.of("RESTIC_REPOSITORY", folder.toString(), "RESTIC_PASSWORD", password),
              List.of(
                  restic.path().toString(),
                  "--no-cache",
                  "check",
                  "--read-data",
                  "--limit-download",
                  "64"));
      Restic.Repository repository = restic.repository(folder, password);
      await("the other restic's lock").atMost(LIMIT).until(() -> !repository.locks().isEmpty());

      JsonObject met = admin.awaitEnd(admin.runNow(host, GROUP), LIMIT);

      assertThat(met.getInt("exitCode")).as(met.toString()).isEqualTo(11);
      assertThat(met.getBoolean("metLock")).isTrue();
      JsonObject next = attempts(met).get(0);
      assertThat(next.getString("status")).isEqualTo("queued");
      assertThat(next.getInt("attempt")).isEqualTo(2);
      assertThat(next.getString("waitingFor")).startsWith("the lock held by PID ");
      assertThat(Instant.parse(next.getString("notBefore"))).isAfter(Instant.now());
      assertThat(other.alive()).as("the other restic still runs").isTrue();

      other.kill();
      repository.unlock();
      JsonObject ended = admin.awaitEnd(next.getString("id"), Duration.ofMinutes(2));

      assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
      assertThat(attempts(met)).hasSize(2);
      assertThat(repository.snapshots()).hasSize(2);
      assertThat(repository.locks()).isEmpty();
    }
  }

  @Test
  void lockDoesNotCountAsFailureAndWaitingCanBeCutShort() {
    Enrolled machine = ready("lock", 0, 1);
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      run(peer, job, "failed", 11);
      JsonObject met = admin.awaitEnd(job, LIMIT);
      assertThat(met.getBoolean("metLock")).isTrue();
      JsonObject next = attempts(met).get(0);
      assertThat(next.getString("waitingFor")).isEqualTo("the lock held by another restic");

      assertThat(retry(job).getString("id")).isEqualTo(next.getString("id"));

      run(peer, next.getString("id"), "succeeded", 0);
      admin.awaitEnd(next.getString("id"), LIMIT);
      assertThat(attempts(met)).hasSize(2);
    }
  }

  // --- what a person sees ---

  @Test
  void pageSaysForWhomAJobWaitsAndListsItsAttempts() {
    Enrolled machine = ready("seen", 1, 3600);
    String job = admin.runNowWithRetry(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume");
        Browser browser = new Browser(controlPlane)) {
      start(peer, job);
      peer.finish(
          job,
          "failed",
          11,
          "the repository is locked by PID 4711 on nas by root since 2026-03-01 12:00:00;"
              + " wait for it to end, or unlock if it is dead");
      JsonObject next = attempts(admin.awaitEnd(job, LIMIT)).get(0);
      Page page = browser.page();
      browser.open("/sign-in.xhtml");
      page.fill("#name", Admin.NAME);
      page.fill("#password", controlPlane.adminPassword());
      page.click("#sign-in");
      page.waitForURL("**/dashboard.xhtml");

      browser.open("/job.xhtml?id=" + job);
      assertThat(browser.text("#job-status")).isEqualTo("Waited for a lock");
      assertThat(browser.text("#job-lock")).contains("PID 4711");
      assertThat(page.locator("#attempts-table tbody tr").count()).isEqualTo(2);
      browser.takePictures("job-met-lock");
      browser.assertFitsNarrowScreen();
      page.click("#attempts-table a.row-link");
      page.waitForURL("**/job.xhtml?id=" + next.getString("id"));
      assertThat(browser.text("#job-status")).isEqualTo("Waiting");
      assertThat(browser.text("#job-attempt")).startsWith("Attempt 2 of 3 ");
      assertThat(browser.text("#job-waiting"))
          .isEqualTo(
              "It waits for the lock held by PID 4711 on nas by root since 2026-03-01 12:00:00.");
      browser.takePictures("job-waiting");
      browser.assertFitsNarrowScreen();
      browser.open("/jobs.xhtml?host=seen");
      assertThat(browser.text("#jobs-table tbody tr:first-child"))
          .contains("It waits for the lock");
      browser.takePictures("jobs-waiting");
      browser.assertFitsNarrowScreen();

      browser.open("/job.xhtml?id=" + next.getString("id"));
      page.click("#retry");
      run(peer, next.getString("id"), "failed", 1);
      await("the failure on the page")
          .atMost(LIMIT)
          .pollInSameThread()
          .until(() -> browser.text("#job-status").equals("Failed"));
      browser.takePictures("job-failed-attempt");
      page.click("#retry");
      await("the third attempt on the page")
          .atMost(LIMIT)
          .pollInSameThread()
          .until(() -> browser.text("#job-attempt").startsWith("Attempt 3 of 4 "));
      assertThat(browser.troubles()).isEmpty();
    }
  }

  // --- retry ---

  @Test
  void scheduledBackupThatFailsIsTriedAgainUpToItsLimit() {
    Enrolled machine = ready("retried", 2, 1);
    putSchedule(machine);
    try (Peer peer = machine.hello("ack", "resume")) {
      assertThat(peer.await1("schedule.set").toString())
          .contains("\"retry_max\":2", "\"retry_backoff_seconds\":1");
      fire(peer);
      List<String> runs = new ArrayList<>();
      for (int attempt = 1; attempt <= 3; attempt++) {
        String job =
            peer.awaitCommand(
                command -> backup(command) && !runs.contains(command.getString("job_id")));
        runs.add(job);
        run(peer, job, "failed", 1);
        admin.awaitEnd(job, LIMIT);
      }

      List<JsonObject> attempts = attempts(admin.job(runs.get(1)));
      assertThat(attempts).extracting(job -> job.getInt("attempt")).containsExactly(3, 2, 1);
      assertThat(attempts).extracting(job -> job.getString("firstJobId")).containsOnly(runs.get(0));
      assertThat(attempts)
          .extracting(job -> job.getString("queuedBy"))
          .containsOnly("schedule nightly");
      assertThat(admin.jobs(machine.host())).allMatch(Admin::ended);
    }
  }

  /** Who is backed up every night does not want last night's attempt beside tonight's. */
  @Test
  void fireThatFindsAnAttemptWaitingIsDoneByItAtOnce() {
    Enrolled machine = ready("absorbed", 1, 3600);
    putSchedule(machine);
    try (Peer peer = machine.hello("ack", "resume")) {
      String schedule = peer.awaitScheduleId();
      peer.fire(schedule, Instant.now().minusSeconds(60).toString());
      String failed = peer.awaitCommand(AttemptsTest::backup);
      run(peer, failed, "failed", 1);
      JsonObject waiting = attempts(admin.awaitEnd(failed, LIMIT)).get(0);
      assertThat(Instant.parse(waiting.getString("notBefore")))
          .isAfter(Instant.now().plusSeconds(1800));

      peer.fire(schedule, Instant.now().toString());

      String attempt = waiting.getString("id");
      run(peer, attempt, "failed", 1);
      JsonObject next = attempts(admin.awaitEnd(attempt, LIMIT)).get(0);
      assertThat(next.getInt("attempt")).as("tonight's has attempts of its own").isEqualTo(3);
      assertThat(next.getString("status")).isEqualTo("queued");
      assertThat(peer.received("command.run"))
          .extracting(command -> command.getString("job_id"))
          .containsExactly(failed, attempt);
    }
  }

  @Test
  void whatCannotGetBetterByItselfIsNotTriedAgain() {
    Enrolled machine = ready("hopeless", 2, 1);
    putSchedule(machine);
    try (Peer peer = machine.hello("ack", "resume")) {
      peer.await1("schedule.set");
      fire(peer);
      String job = peer.awaitCommand(AttemptsTest::backup);
      run(peer, job, "failed", 12);

      assertThat(attempts(admin.awaitEnd(job, LIMIT))).hasSize(1);
    }
  }

  @Test
  void manualBackupIsTriedAgainOnlyIfThatIsAskedFor() {
    Enrolled machine = ready("manual", 1, 1);
    try (Peer peer = machine.hello("ack", "resume")) {
      String plain = admin.runNow(machine.host(), GROUP);
      run(peer, plain, "failed", 1);
      assertThat(attempts(admin.awaitEnd(plain, LIMIT))).hasSize(1);

      String asked = admin.runNowWithRetry(machine.host(), GROUP);
      run(peer, asked, "failed", 1);
      assertThat(attempts(admin.awaitEnd(asked, LIMIT))).hasSize(2);
    }
  }

  @Test
  void personMayTryAnyEndedJobAgainAndAskingTwiceIsOneAttempt() {
    Enrolled machine = ready("by-hand", 0, 1);
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      run(peer, job, "failed", 12);
      admin.awaitEnd(job, LIMIT);
    }

    JsonObject next = retry(job);

    assertThat(next.getInt("attempt")).isEqualTo(2);
    assertThat(next.getString("firstJobId")).isEqualTo(job);
    assertThat(retry(job)).isEqualTo(next);
    assertThat(retry(next.getString("id"))).isEqualTo(next);
    admin.api().post("/api/v1/jobs/" + machine.host() + "/retry").expect(404);
  }

  @Test
  void rulesAndWishesThatCannotBeReadAreRefusedByTheirField() {
    Enrolled machine = ready("bad-rule", 0, 1);
    String group = "/api/v1/hosts/" + machine.host() + "/source-groups/" + GROUP;
    assertThat(admin.api().put(group, group(-1, 1)).expect(422).json().getString("field"))
        .isEqualTo("retryMax");
    assertThat(admin.api().put(group, group(1, 0)).expect(422).json().getString("field"))
        .isEqualTo("retryBackoffSeconds");
    assertThat(
            admin
                .api()
                .post(runs(machine), Json.createObjectBuilder().add("retry", "yes").build())
                .expect(422)
                .json()
                .getString("field"))
        .isEqualTo("retry");
  }

  // --- the lease of a repository ---

  @Test
  void jobThatNeedsTheRepositoryAloneKeepsOthersWaitingAndTheySayForWhom() {
    Enrolled one = Enrolled.at(controlPlane, "first");
    Enrolled other = Enrolled.at(controlPlane, "second");
    String repository = admin.addRepository("shared", "/nowhere/shared", "secret");
    for (Enrolled machine : List.of(one, other)) {
      admin.connect(machine.host(), repository);
      admin.putSourceGroup(machine.host(), GROUP, List.of("/somewhere"));
    }
    try (Peer first = one.hello("ack", "resume")) {
      String init = first.awaitCommand(command -> true);
      first.start(init);
      try (Peer second = other.hello("ack", "resume")) {
        await("the other's init waits")
            .atMost(LIMIT)
            .until(() -> admin.jobs(other.host()).get(0).containsKey("waitingFor"));
        assertThat(admin.jobs(other.host()).get(0).getString("waitingFor"))
            .isEqualTo("the init of repository shared on host first");
        assertThat(second.received("command.run")).isEmpty();

        first.finish(init, "succeeded", 0);

        String its = second.awaitCommand(command -> true);
        run(second, its, "succeeded", 0);
        admin.awaitEnd(its, LIMIT);
        String left = admin.runNow(one.host(), GROUP);
        String right = admin.runNow(other.host(), GROUP);
        start(first, left);
        start(second, right);
        awaitStatus(left, "running");
        awaitStatus(right, "running");
        first.finish(left, "succeeded", 0);
        second.finish(right, "succeeded", 0);
        admin.awaitEnd(left, LIMIT);
        admin.awaitEnd(right, LIMIT);
      }
    }
  }

  @Test
  void fiftyJobsOfOneHostRunOnceEachInTheirOrder() {
    Enrolled machine = ready("many", 0, 1);
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      jobs.add(admin.runNow(machine.host(), GROUP));
    }
    try (Peer peer = machine.hello("ack", "resume")) {
      for (String job : jobs) {
        run(peer, job, "succeeded", 0);
      }
      admin.awaitEnd(jobs.get(JOBS - 1), LIMIT);

      assertThat(peer.received("command.run"))
          .extracting(command -> command.getString("job_id"))
          .isEqualTo(jobs);
    }
  }

  // --- what it takes ---

  /** A host with a repository that exists and a source group. */
  private Enrolled ready(String name, int retryMax, int backoffSeconds) {
    Enrolled machine = Enrolled.at(controlPlane, name);
    admin.connect(machine.host(), admin.addRepository(name, "/nowhere/" + name, "secret"));
    admin
        .api()
        .put(
            "/api/v1/hosts/" + machine.host() + "/source-groups/" + GROUP,
            group(retryMax, backoffSeconds))
        .expect(200);
    try (Peer peer = machine.hello("ack", "resume")) {
      String init = peer.awaitCommand(command -> true);
      peer.start(init);
      peer.finish(init, "succeeded", 0);
      peer.await1("event.ack", ack -> ack.getBoolean("finished", false));
    }
    return machine;
  }

  private static JsonObject group(int retryMax, int backoffSeconds) {
    JsonArrayBuilder paths = Json.createArrayBuilder().add("/somewhere");
    return Json.createObjectBuilder()
        .add("includes", paths)
        .add("excludes", Json.createArrayBuilder())
        .add("retryMax", retryMax)
        .add("retryBackoffSeconds", backoffSeconds)
        .build();
  }

  private static String runs(Enrolled machine) {
    return "/api/v1/hosts/" + machine.host() + "/source-groups/" + GROUP + "/runs";
  }

  private void putSchedule(Enrolled machine) {
    admin.putSchedule(machine.host(), "nightly", "30 3 * * *", GROUP);
  }

  private static void fire(Peer peer) {
    peer.fire(peer.awaitScheduleId(), Instant.now().toString());
  }

  private static boolean backup(JsonObject command) {
    return command.getString("kind").equals("backup");
  }

  private static void start(Peer peer, String job) {
    peer.awaitCommand(command -> command.getString("job_id").equals(job));
    peer.start(job);
  }

  /** Waits for the order to run it, and tells its end. */
  private static void run(Peer peer, String job, String status, int exitCode) {
    start(peer, job);
    peer.finish(job, status, exitCode);
  }

  private JsonObject retry(String job) {
    return admin.api().post("/api/v1/jobs/" + job + "/retry").expect(202).json();
  }

  private List<JsonObject> attempts(JsonObject job) {
    return admin.attempts(job.getString("id"));
  }

  private void awaitStatus(String job, String status) {
    await("job " + job + " is " + status)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> admin.job(job).getString("status").equals(status));
  }
}
