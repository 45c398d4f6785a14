package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A connection on which nothing comes through any more, and of which nobody is told: both ends find
 * out by themselves.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class SilentConnectionTest {

  private static final int MEBIBYTES = 160;
  private static final int UNREADABLE_FILES = 400;

  /**
   * 90 s, what passes until somebody looks, and the 30 s for which Open Liberty waits for an answer
   * to its goodbye.
   */
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(170);

  private static LongBackup backup;

  @BeforeAll
  static void prepare() {
    backup = new LongBackup(MEBIBYTES, UNREADABLE_FILES);
  }

  @AfterAll
  static void end() {
    backup.close();
  }

  @ParameterizedTest
  @EnumSource
  void backupIsDoneOnceAlthoughItsConnectionFallsSilent(Moment moment, ControlPlane controlPlane) {
    backup.assertDoneOnceInSpiteOf(
        Wire.SILENCE,
        moment,
        controlPlane,
        "silent-" + moment.ordinal(),
        wire ->
            await("neither end believes in the silent connection any more")
                .atMost(NOTICED_WITHIN)
                .until(() -> wire.silent() == 0));
  }

  @Test
  void hostIsOfflineAfterNinetySilentSecondsAndItsConnectionIsClosed(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (Wire wire = new Wire(controlPlane.url());
        Peer peer =
            Peer.Enrolled.at(controlPlane, "unheard").at(wire.url()).hello("ack", "resume")) {
      peer.await1("schedule.set");
      String host = admin.hostNamed("unheard").getString("id");
      Wire.Trap trap = wire.before(Wire.type("heartbeat"), Wire.SILENCE);
      Instant silentSince = Instant.now();
      peer.say("heartbeat", Json.createObjectBuilder().add("sent_at", silentSince.toString()));
      trap.await();

      await("the host is offline")
          .atMost(NOTICED_WITHIN)
          .until(() -> !admin.host(host).getBoolean("online"));
      assertThat(Duration.between(silentSince, Instant.now()))
          .isGreaterThan(Duration.ofSeconds(85));
      await("the control plane has closed its end")
          .atMost(NOTICED_WITHIN)
          .until(() -> wire.hungUpByServer() == 1);
    }
  }
}
