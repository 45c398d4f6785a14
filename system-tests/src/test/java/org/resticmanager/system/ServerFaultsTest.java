package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.resticmanager.system.Peer.Enrolled;

/** The control plane dies at a word of a conversation, and is started again. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class ServerFaultsTest {

  private static final int MEBIBYTES = 320;
  private static final int UNREADABLE_FILES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static ControlPlane controlPlane;
  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    controlPlane = new ControlPlane();
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
    controlPlane.close();
  }

  @ParameterizedTest
  @EnumSource
  void backupIsDoneOnceAlthoughTheServerIsKilled(Moment moment) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        AgentHost machine =
            new AgentHost("killed-" + moment.ordinal(), Project.newestRestic()).asTestUser()) {
      String host = machine.join(controlPlane, wire.url());
      Restic.Repository repository = backup.prepare(admin, host, machine);
      Wire.Trap trap = wire.before(moment.frame(), link -> controlPlane.kill());

      String job = admin.runNow(host, LongBackup.GROUP);
      trap.await();
      controlPlane.start();

      backup.assertDoneOnce(admin, job, machine, repository);
    }
  }

  @Test
  void fireIsOneBackupAlthoughItIsToldAgainAfterEachDeathOfTheServer() {
    Admin admin = controlPlane.admin();
    Enrolled machine = Peer.ready(controlPlane, "fired", LongBackup.GROUP);
    JsonObject nightly =
        Json.createObjectBuilder()
            .add("cron", "30 3 * * *")
            .add("jitterSeconds", 0)
            .add("sourceGroups", Json.createArrayBuilder().add(LongBackup.GROUP))
            .build();
    admin.api().put("/api/v1/hosts/" + machine.host() + "/schedules/nightly", nightly).expect(200);
    String now = Instant.now().toString();
    try (Wire wire = new Wire(controlPlane.url())) {
      Wire.Trap trap = wire.before(Wire.type("command.run"), link -> controlPlane.kill());
      try (Peer peer = machine.at(wire.url()).hello("ack", "resume")) {
        fire(peer, now);
        trap.await();
      }
      controlPlane.start();
      try (Peer peer = machine.hello("ack", "resume")) {
        fire(peer, now);
        String job = peer.awaitCommand(command -> command.getString("kind").equals("backup"));
        peer.start(job);
        peer.finish(job, "succeeded", 0);
        admin.awaitEnd(job, LIMIT);
      }
      controlPlane.kill();
      controlPlane.start();
      try (Peer peer = machine.hello("ack", "resume")) {
        fire(peer, now);
        // whatever the fire leads to is there when this is answered
        peer.send("{\"type\":\"levitate\"}");
        peer.await1("error");
      }
      assertThat(admin.jobs(machine.host()))
          .extracting(each -> each.getString("kind") + " " + each.getString("status"))
          .containsExactly("backup succeeded", "init succeeded");
    }
  }

  private static void fire(Peer peer, String at) {
    String schedule =
        peer.await1("schedule.set").getJsonArray("schedules").getJsonObject(0).getString("id");
    peer.say(
        "schedule.fire",
        Json.createObjectBuilder().add("schedule_id", schedule).add("scheduled_at", at));
  }
}
