package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

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
    backup.assertDoneOnceInSpiteOf(
        link -> controlPlane.kill(),
        moment,
        controlPlane,
        "killed-" + moment.ordinal(),
        wire -> controlPlane.start());
  }

  @Test
  void fireIsOneBackupAlthoughItIsToldAgainAfterEachDeathOfTheServer() {
    Admin admin = controlPlane.admin();
    Enrolled machine = Peer.ready(controlPlane, "fired", LongBackup.GROUP);
    admin.putSchedule(machine.host(), "nightly", "30 3 * * *", LongBackup.GROUP);
    String now = Instant.now().toString();
    try (Wire wire = new Wire(controlPlane.url())) {
      Wire.Trap trap = wire.before(Wire.type("command.run"), link -> controlPlane.kill());
      try (Peer peer = machine.at(wire.url()).hello("ack", "resume")) {
        peer.fire(peer.awaitScheduleId(), now);
        trap.await();
      }
      controlPlane.start();
      try (Peer peer = machine.hello("ack", "resume")) {
        peer.fire(peer.awaitScheduleId(), now);
        String job = peer.awaitCommand(command -> command.getString("kind").equals("backup"));
        peer.start(job);
        peer.finish(job, "succeeded", 0);
        admin.awaitEnd(job, LIMIT);
      }
      controlPlane.kill();
      controlPlane.start();
      try (Peer peer = machine.hello("ack", "resume")) {
        peer.fire(peer.awaitScheduleId(), now);
        // whatever the fire leads to is there when this is answered
        peer.send("{\"type\":\"levitate\"}");
        peer.await1("error");
      }
      assertThat(admin.jobs(machine.host()))
          .extracting(each -> each.getString("kind") + " " + each.getString("status"))
          .containsExactly("backup succeeded", "init succeeded");
    }
  }
}
