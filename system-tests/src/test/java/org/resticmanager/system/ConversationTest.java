package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** The control plane's side of the conversation with agents, heard from a bare socket. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class ConversationTest {

  private static final String GROUP = "files";
  private static final Duration FAIR = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private Enrolled ready(String name) {
    return Peer.ready(controlPlane, name, GROUP);
  }

  private static boolean isBackup(JsonObject command) {
    return command.getString("kind").equals("backup");
  }

  // --- negotiation ---

  @Test
  void welcomeComesFirstAndNamesWhatBothSidesSpeak() {
    Enrolled machine = Enrolled.at(controlPlane, "welcome");
    try (Peer peer = machine.hello("ack", "teleport")) {
      peer.await1("schedule.set");

      assertThat(peer.received().get(0).getString("type")).isEqualTo("welcome");
      assertThat(peer.await1("welcome").getJsonArray("features")).hasToString("[\"ack\"]");
    }
  }

  /** From its enrolment on; {@code ready} has made it a repository and a source group. */
  @Test
  void agentOfTheBaseProtocolIsServedWholeAndHearsNothingElse() {
    Enrolled machine = ready("base");
    putSchedule(machine, "nightly", "30 3 * * *");
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello()) {
      assertThat(peer.awaitCommand(ConversationTest::isBackup)).isEqualTo(job);
      peer.start(job);
      peer.finish(job, "succeeded", 0);
      admin.awaitEnd(job, LIMIT);

      applied(peer, peer.await1("schedule.set").getInt("version"));
      awaitDrift(machine, false);
      peer.fire(peer.awaitScheduleId(), Instant.now().toString());
      String scheduled =
          peer.awaitCommand(
              command -> isBackup(command) && !command.getString("job_id").equals(job));
      assertThat(admin.job(scheduled).getString("queuedBy")).isEqualTo("schedule nightly");
      peer.start(scheduled);
      awaitStatus(scheduled, "running");

      cancel(scheduled);
      assertThat(peer.await1("command.cancel").getString("job_id")).isEqualTo(scheduled);
      peer.finish(scheduled, "cancelled", 130);
      assertThat(admin.awaitEnd(scheduled, LIMIT).getString("status")).isEqualTo("cancelled");

      assertThat(peer.received())
          .extracting(frame -> frame.getString("type"))
          .containsOnly("config.update", "schedule.set", "command.run", "command.cancel");
    }
  }

  @Test
  void nothingIsTakenBeforeHelloNotEvenALogLine() {
    try (Peer peer = Enrolled.at(controlPlane, "no-hello").connect()) {
      peer.line("some-job", 1, "too early");

      assertThat(peer.await1("error").getString("code")).isEqualTo("hello_expected");
      assertThat(peer.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void agentThatIsTooOldIsToldWhereToGetANewOne() {
    try (Peer peer = Enrolled.at(controlPlane, "too-old").connect()) {
      peer.say("hello", Json.createObjectBuilder().add("protocol_version", 0).add("hostname", "x"));

      JsonObject error = peer.await1("error");
      assertThat(error.getString("code")).isEqualTo("protocol_too_old");
      assertThat(error.getString("help_url")).isNotBlank();
      assertThat(peer.awaitClose()).isEqualTo(4000);
    }
  }

  @Test
  void twoAgentsWithOneTokenDoNotFlapAndAPersonIsTold() {
    Enrolled machine = Enrolled.at(controlPlane, "twins");
    try (Peer one = machine.connect().hello("one", "ack")) {
      one.await1("schedule.set");
      try (Peer other = machine.connect().hello("other", "ack")) {
        assertThat(one.await1("error").getString("code")).isEqualTo("replaced");
        assertThat(one.awaitClose()).isEqualTo(4002);

        for (int i = 0; i < 2; i++) {
          try (Peer again = machine.connect().hello("one", "ack")) {
            assertThat(again.await1("error").getString("code")).isEqualTo("replaced");
            assertThat(again.awaitClose()).isEqualTo(4002);
          }
        }
        other.assertOpen();

        List<JsonObject> events = connectionEvents(machine);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getString("kind")).isEqualTo("two-agents");
        assertThat(events.get(0).getString("detail")).contains("one", "other");
      }
    }
  }

  @Test
  void hostThatComesBackWithoutAPauseIsTurnedAwayAndAPersonIsTold() {
    Enrolled machine = Enrolled.at(controlPlane, "restless");

    TurnedAway turnedAway = connectUntilTurnedAway(machine);

    assertThat(turnedAway.after()).isGreaterThanOrEqualTo(60);
    assertThat(turnedAway.answer().statusCode()).isEqualTo(429);
    assertThat(turnedAway.answer().headers().firstValueAsLong("Retry-After")).hasValue(1);
    assertThat(connectionEvents(machine).get(0).getString("kind")).isEqualTo("too-often");
    try (Peer other = Enrolled.at(controlPlane, "calm").hello("ack")) {
      other.await1("welcome");
    }
  }

  private List<JsonObject> connectionEvents(Enrolled machine) {
    return admin
        .api()
        .get("/api/v1/hosts/" + machine.host() + "/connection-events")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  /**
   * How a host is told that it comes too often.
   *
   * @param after so many connections
   */
  private record TurnedAway(int after, HttpResponse<?> answer) {}

  private static TurnedAway connectUntilTurnedAway(Enrolled machine) {
    for (int i = 0; i < 1000; i++) {
      try {
        machine.connect().close();
      } catch (CompletionException e) {
        return new TurnedAway(i, ((WebSocketHandshakeException) e.getCause()).getResponse());
      }
    }
    return fail("let in a thousand times");
  }

  @Test
  void binaryFramesAndTooManyMalformedOnesCloseTheSocket() {
    Enrolled machine = Enrolled.at(controlPlane, "rubbish");
    try (Peer peer = machine.hello()) {
      peer.sendBinary((byte) 1);
      assertThat(peer.awaitClose()).isEqualTo(1003);
    }
    try (Peer peer = machine.hello()) {
      for (int i = 0; i < 9; i++) {
        peer.send("{");
      }
      await("nine complaints").atMost(LIMIT).until(() -> peer.received("error").size() == 9);
      peer.assertOpen();
      peer.send("{\"type\":\"job.progress\",\"payload\":{\"job_id\":\"x\",\"percent_done\":7}}");
      assertThat(peer.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void frameOfOneMebibyteIsReadAndLargerOneClosesTheSocket() {
    Enrolled machine = Enrolled.at(controlPlane, "large");
    String start = "{\"type\":\"heartbeat\",\"filler\":\"";
    try (Peer peer = machine.hello()) {
      peer.send(start + "x".repeat(1024 * 1024 - start.length() - 2) + "\"}");
      peer.send("{\"type\":\"levitate\"}");
      assertThat(peer.await1("error").getString("code")).isEqualTo("unknown_type");

      peer.sent(start + "x".repeat(1024 * 1024 - start.length() - 1) + "\"}");
      assertThat(peer.awaitClose()).isEqualTo(1009);
    }
  }

  @Test
  void jobThatNobodyHereKnowsIsNotYoursAndItsAgentNeedNotTellOfItAgain() {
    Enrolled machine = Enrolled.at(controlPlane, "stranger");
    for (String job : List.of("no-uuid", "00000000-0000-7000-8000-000000000000")) {
      try (Peer peer = machine.hello("ack")) {
        peer.finish(job, "succeeded", 0);

        assertThat(peer.await1("error").getString("code")).isEqualTo("not_yours");
        JsonObject ack = peer.await1("event.ack");
        assertThat(ack.getString("job_id")).isEqualTo(job);
        assertThat(ack.getBoolean("finished")).isTrue();
      }
    }
  }

  @Test
  void reportInPartsReplacesTheListWhenTheLastPartHasCome() {
    Enrolled machine = ready("parts");
    try (Peer peer = machine.hello("ack", "parts")) {
      assertThat(peer.await1("welcome").getJsonArray("features").toString()).contains("parts");
      part(peer, 1, 2, "a");
      part(peer, 2, 2, "b");
      await("both parts").atMost(LIMIT).until(() -> snapshots(machine) == 2);

      part(peer, 1, 2, "c");
      peer.send("{\"type\":\"levitate\"}");
      peer.await1("error");
      assertThat(snapshots(machine)).as("half a report").isEqualTo(2);
    }
  }

  private static void part(Peer peer, int part, int parts, String id) {
    peer.say(
        "snapshots.report",
        Json.createObjectBuilder()
            .add("part", part)
            .add("parts", parts)
            .add(
                "snapshots",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("id", id.repeat(64))
                            .add("short_id", id.repeat(8))
                            .add("time", "2026-01-01T00:00:00Z")
                            .add("hostname", "parts")
                            .add("paths", Json.createArrayBuilder().add("/x")))));
  }

  private int snapshots(Enrolled machine) {
    return admin
        .api()
        .get("/api/v1/hosts/" + machine.host() + "/snapshots")
        .expect(200)
        .json()
        .getJsonArray("items")
        .size();
  }

  @Test
  void agentOfTheBaseProtocolForgetsOneSourceGroupInEachJob() {
    Enrolled machine = Enrolled.at(controlPlane, "plain-forget");
    String repository = admin.addRepository("plain-forget", "/nowhere/plain-forget", "secret");
    admin.connect(machine.host(), repository);
    keepOne(machine, GROUP);
    keepOne(machine, "mail");
    try (Peer peer = machine.connect().hello("plain-forget")) {
      String init = peer.awaitCommand(run -> run.getString("kind").equals("init"));
      peer.start(init);
      peer.finish(init, "succeeded", 0);
      report(peer, GROUP, "mail");
      await("both snapshots").atMost(LIMIT).until(() -> snapshots(machine) == 2);
      admin
          .api()
          .post("/api/v1/repositories/" + repository + "/maintenance/forget/runs")
          .expect(202);

      for (String group : List.of(GROUP, "mail")) {
        JsonObject command =
            peer.await1("command.run", run -> run.getString("tag", "").equals(group));
        assertThat(command.getString("kind")).isEqualTo("forget");
        assertThat(command.getJsonObject("retention_policy").getInt("keep_last")).isEqualTo(1);
        assertThat(command).doesNotContainKey("forget_groups");
        peer.start(command.getString("job_id"));
        peer.finish(command.getString("job_id"), "succeeded", 0);
      }
      peer.assertOpen();
    }
  }

  private void keepOne(Enrolled machine, String group) {
    admin.putSourceGroup(
        machine.host(),
        group,
        Admin.covering(List.of("/somewhere"))
            .add("retention", Json.createObjectBuilder().add("keepLast", 1))
            .build());
  }

  /** One snapshot of each source group. */
  private static void report(Peer peer, String... groups) {
    JsonArrayBuilder snapshots = Json.createArrayBuilder();
    for (String group : groups) {
      snapshots.add(
          Json.createObjectBuilder()
              .add("id", group)
              .add("short_id", group)
              .add("time", "2026-01-01T00:00:00Z")
              .add("hostname", "plain-forget")
              .add("paths", Json.createArrayBuilder().add("/somewhere"))
              .add("tags", Json.createArrayBuilder().add(group)));
    }
    peer.say("snapshots.report", Json.createObjectBuilder().add("snapshots", snapshots));
  }

  @Test
  void floodOfOneHostDoesNotDelayAnother() {
    Enrolled flooding = Enrolled.at(controlPlane, "flood");
    Enrolled quiet = Enrolled.at(controlPlane, "quiet");
    String frame =
        "{\"type\":\"heartbeat\",\"payload\":{},\"filler\":\"" + "x".repeat(2000) + "\"}";
    try (Peer flood = flooding.hello("ack");
        Peer peer = quiet.hello("ack")) {
      flood.await1("welcome");
      peer.await1("welcome");
      for (int i = 0; i < 20_000; i++) {
        if (!flood.sent(frame)) {
          assertThat(flood.awaitClose()).isIn(1006, 1013); // too fast for this machine
          break;
        }
        if (i % 5000 == 0) {
          String asked = "levitate-" + i;
          long began = System.nanoTime();
          peer.send("{\"type\":\"" + asked + "\"}");
          peer.await1("error", answer -> answer.getString("message").contains(asked));
          assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(FAIR);
        }
      }
      peer.assertOpen();
    }
  }

  // --- cancel ---

  @Test
  void jobThatWaitsIsCancelledAtOnceAndNeverSent() {
    Enrolled machine = ready("cancel-queued");
    String job = admin.runNow(machine.host(), GROUP);

    JsonObject cancelled = cancel(job);

    assertThat(cancelled.getString("status")).isEqualTo("cancelled");
    assertThat(cancelled.getString("cancelRequestedBy")).isEqualTo(Admin.NAME);
    assertThat(cancel(job)).as("once more").isEqualTo(cancelled);
    String next = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      assertThat(peer.awaitCommand(ConversationTest::isBackup)).isEqualTo(next);
    }
  }

  @Test
  void runningJobIsCancelledByItsAgentHoweverOftenTheConnectionBreaks() {
    Enrolled machine = ready("cancel-running");
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      peer.awaitCommand(ConversationTest::isBackup);
      peer.start(job);
      awaitStatus(job, "running");

      assertThat(cancel(job).getString("status")).isEqualTo("running");

      assertThat(peer.await1("command.cancel").getString("job_id")).isEqualTo(job);
      peer.cut();
    }
    try (Peer peer = machine.connect()) {
      JsonObjectBuilder held =
          Json.createObjectBuilder().add("job_id", job).add("status", "running").add("last_seq", 0);
      peer.say(
          "hello",
          Json.createObjectBuilder()
              .add("protocol_version", 1)
              .add("hostname", "peer")
              .add("features", Json.createArrayBuilder().add("ack").add("resume"))
              .add("jobs", Json.createArrayBuilder().add(held)));
      assertThat(peer.await1("command.cancel").getString("job_id")).isEqualTo(job);

      peer.finish(job, "cancelled", 130);

      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).isEqualTo("cancelled");
      assertThat(ended.getString("cancelRequestedBy")).isEqualTo(Admin.NAME);
    }
  }

  @Test
  void endThatRacesWithTheCancelCounts() {
    Enrolled machine = ready("cancel-race");
    String job = admin.runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      peer.awaitCommand(ConversationTest::isBackup);
      peer.start(job);
      awaitStatus(job, "running");
      cancel(job);
      peer.finish(job, "succeeded", 0);

      JsonObject ended = admin.awaitEnd(job, LIMIT);
      assertThat(ended.getString("status")).isEqualTo("succeeded");
      assertThat(cancel(job)).isEqualTo(ended);
    }
  }

  private JsonObject cancel(String job) {
    return admin.api().post("/api/v1/jobs/" + job + "/cancel").expect(200).json();
  }

  private void awaitStatus(String job, String status) {
    await("job " + job + " is " + status)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> admin.job(job).getString("status").equals(status));
  }

  // --- schedules ---

  @Test
  void scheduleIsPushedOnEachChangeAndDriftIsSeen() {
    Enrolled machine = ready("drift");
    JsonObject made = putSchedule(machine, "nightly", "30 3 * * *");
    assertThat(made.getJsonArray("nextRuns")).hasSize(5);
    assertThat(made.getJsonArray("nextRuns").getString(0)).endsWith("T03:30:00Z");
    assertThat(admin.host(machine.host()).getBoolean("scheduleDrift")).isTrue();

    try (Peer peer = machine.hello("ack", "resume")) {
      JsonObject first = peer.await1("schedule.set");
      assertThat(first.getInt("version")).isEqualTo(1);
      JsonObject schedule = first.getJsonArray("schedules").getJsonObject(0);
      assertThat(schedule.getString("cron_expr")).isEqualTo("30 3 * * *");
      assertThat(schedule.getBoolean("enabled")).isTrue();
      applied(peer, 1);
      awaitDrift(machine, false);

      admin.putSourceGroup(machine.host(), GROUP, List.of("/elsewhere"));
      JsonObject second = peer.await1("schedule.set", set -> set.getInt("version") == 2);
      assertThat(second.toString()).contains("/elsewhere");
      awaitDrift(machine, true);
      assertThat(putSchedule(machine, "nightly", "30 3 * * *").getString("cron")).isNotBlank();

      admin
          .api()
          .send(
              "DELETE", "/api/v1/hosts/" + machine.host() + "/schedules/nightly", Optional.empty())
          .expect(204);
      JsonObject third = peer.await1("schedule.set", set -> set.getInt("version") == 3);
      assertThat(third.containsKey("schedules") ? third.getJsonArray("schedules") : List.of())
          .isEmpty();
      applied(peer, 3);
      awaitDrift(machine, false);
    }
  }

  @Test
  void scheduleThatCannotBeReadOrNeverFiresIsRefusedByItsField() {
    Enrolled machine = ready("bad-cron");
    for (String cron : List.of("", "every day", "0 3 * *", "0 0 30 2 *")) {
      Api.Reply reply =
          admin.api().put(schedulePath(machine, "x"), schedule(cron, GROUP)).expect(422);
      assertThat(reply.json().getString("field")).isEqualTo("cron");
    }
    assertThat(
            admin
                .api()
                .put(schedulePath(machine, "x"), schedule("0 3 * * *", "nothing"))
                .expect(422)
                .json()
                .getString("field"))
        .isEqualTo("sourceGroups");
  }

  @Test
  void fireStartsOneBackupHoweverOftenItIsTold() {
    Enrolled machine = ready("fire");
    putSchedule(machine, "nightly", "30 3 * * *");
    try (Peer peer = machine.hello("ack", "resume")) {
      String schedule = peer.awaitScheduleId();
      String now = Instant.now().toString();
      peer.fire(schedule, now);
      peer.fire(schedule, now);
      String job = peer.awaitCommand(ConversationTest::isBackup);
      peer.fire(schedule, now);
      assertThat(admin.job(job).getString("queuedBy")).isEqualTo("schedule nightly");
      peer.start(job);
      peer.finish(job, "succeeded", 0);
      admin.awaitEnd(job, LIMIT);

      peer.fire(schedule, now);
      peer.fire(schedule, Instant.now().minusSeconds(3600).toString());
      peer.fire("not-a-schedule", now);

      assertThat(peer.await1("error").getString("code")).isEqualTo("unknown_schedule");
      assertThat(backups(machine)).hasSize(1);
      peer.assertOpen();
    }
  }

  @Test
  void aZoneReachesAgentsThatKnowZonesAndIsRefusedForOthers() {
    Enrolled machine = ready("zoned");
    JsonObject berlin =
        Json.createObjectBuilder(schedule("30 2 * * *", GROUP))
            .add("zone", "Europe/Berlin")
            .build();
    assertThat(
            admin
                .api()
                .put(schedulePath(machine, "nightly"), berlin)
                .expect(409)
                .json()
                .getString("code"))
        .isEqualTo("agent-without-zones");

    try (Peer peer = machine.hello("ack", "resume", "schedule_zone")) {
      peer.await1("schedule.set");
      await()
          .until(() -> admin.host(machine.host()).getString("zone", "").equals("Asia/Kathmandu"));
      assertThat(putSchedule(machine, "local", "0 3 * * *").getJsonArray("nextRuns").getString(0))
          .endsWith("T03:00:00+05:45");

      JsonObject put = admin.api().put(schedulePath(machine, "nightly"), berlin).expect(200).json();

      assertThat(put.getString("zone")).isEqualTo("Europe/Berlin");
      assertThat(put.getJsonArray("nextRuns").getString(0))
          .containsPattern("T0[23]:[03]0:00\\+0[12]");
      JsonObject pushed =
          peer.await1("schedule.set", set -> set.toString().contains("\"zone\":\"Europe/Berlin\""));
      assertThat(pushed.getJsonArray("schedules")).hasSize(2);
    }
  }

  @Test
  void whatFiresInABlackoutWindowWaitsForItsEndAndWhatAPersonAsksForDoesNot() {
    Enrolled machine = ready("blackout");
    putSchedule(machine, "nightly", "30 3 * * *");
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    String blackouts = "/api/v1/hosts/" + machine.host() + "/blackouts";
    JsonObject aroundNow =
        Json.createObjectBuilder()
            .add("zone", "UTC")
            .add(
                "windows",
                Json.createArrayBuilder()
                    .add(window(now, "00:00"))
                    .add(window(now.plusDays(1), "04:00")))
            .build();
    admin.api().put(blackouts, aroundNow).expect(200);
    assertThat(admin.api().get(blackouts).expect(200).json()).isEqualTo(aroundNow);
    try (Peer peer = machine.hello("ack", "resume")) {
      peer.fire(peer.awaitScheduleId(), now.toInstant().toString());
      await().until(() -> backups(machine).size() == 1);
      assertThat(backups(machine).get(0).getString("notBefore"))
          .isEqualTo(now.toLocalDate().plusDays(1) + "T04:00:00Z");

      String asked = admin.runNow(machine.host(), GROUP);
      assertThat(peer.awaitCommand(ConversationTest::isBackup)).isEqualTo(asked);
    }
  }

  /** From midnight of a day to some hour of the next, or of that day. */
  private static JsonObjectBuilder window(ZonedDateTime day, String to) {
    return Json.createObjectBuilder()
        .add(
            "days",
            Json.createArrayBuilder().add(day.getDayOfWeek().name().toLowerCase(Locale.ROOT)))
        .add("from", "00:00")
        .add("to", to);
  }

  /** An agent that comes back while the server still works on what it said before. */
  @Test
  void fireToldOnTwoConnectionsAtOnceStartsOneBackup() {
    for (int round = 0; round < 3; round++) {
      Enrolled machine = ready("both-" + round);
      putSchedule(machine, "nightly", "30 3 * * *");
      try (Peer older = machine.hello("ack", "resume")) {
        String schedule = older.awaitScheduleId();
        String now = Instant.now().toString();
        try (Peer newer = machine.connect()) {
          CompletableFuture<Void> said =
              CompletableFuture.runAsync(() -> fireUntilClosed(older, schedule, now));
          newer.hello("peer", "ack", "resume");
          for (int time = 0; time < 10; time++) {
            newer.fire(schedule, now);
          }
          said.join();
          // who still sends while the other end closes may lose its goodbye to TCP's reset
          assertThat(older.awaitClose()).isIn(4002, 1006);

          String job = newer.awaitCommand(ConversationTest::isBackup);
          newer.start(job);
          newer.finish(job, "succeeded", 0);
          admin.awaitEnd(job, LIMIT);
          assertThat(backups(machine)).hasSize(1);
        }
      }
    }
  }

  private static void fireUntilClosed(Peer peer, String schedule, String at) {
    String frame = Peer.fireFrame(schedule, at);
    int told = 0;
    while (told < 10 && peer.sent(frame)) {
      told++;
    }
  }

  @Test
  void firesMissedWhileTheHostWasAwayAreOneBackup() {
    Enrolled machine = ready("missed");
    putSchedule(machine, "hourly", "0 * * * *");
    try (Peer peer = machine.hello("ack", "resume")) {
      String schedule = peer.awaitScheduleId();
      for (int hours = 7; hours >= 1; hours--) {
        peer.fire(schedule, Instant.now().minus(Duration.ofHours(hours)).toString());
      }

      String job = peer.awaitCommand(ConversationTest::isBackup);
      peer.start(job);
      peer.finish(job, "succeeded", 0);
      admin.awaitEnd(job, LIMIT);
      assertThat(backups(machine)).hasSize(1);
    }
  }

  private List<JsonObject> backups(Enrolled machine) {
    return admin.jobs(machine.host()).stream()
        .filter(job -> job.getString("kind").equals("backup"))
        .toList();
  }

  private static void applied(Peer peer, int version) {
    peer.say(
        "schedule.ack",
        Json.createObjectBuilder()
            .add("version", version)
            .add("applied_at", Instant.now().toString()));
  }

  private void awaitDrift(Enrolled machine, boolean drift) {
    await("drift is " + drift)
        .atMost(LIMIT)
        .until(() -> admin.host(machine.host()).getBoolean("scheduleDrift") == drift);
  }

  private JsonObject putSchedule(Enrolled machine, String name, String cron) {
    return admin.putSchedule(machine.host(), name, cron, GROUP);
  }

  private static String schedulePath(Enrolled machine, String name) {
    return "/api/v1/hosts/" + machine.host() + "/schedules/" + name;
  }

  private static JsonObject schedule(String cron, String group) {
    return Json.createObjectBuilder()
        .add("cron", cron)
        .add("jitterSeconds", 0)
        .add("sourceGroups", Json.createArrayBuilder().add(group))
        .build();
  }
}
