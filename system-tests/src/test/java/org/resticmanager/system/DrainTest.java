package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** One of two nodes is stopped in order, as for an upgrade. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class DrainTest {

  private static final String GROUP = "files";
  private static final int SERVICE_RESTART = 1012;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static Nodes nodes;

  @BeforeAll
  static void prepare() {
    nodes = new Nodes(2);
  }

  @AfterAll
  static void end() {
    nodes.close();
  }

  @Test
  void agentIsToldToComeBackAndItsRunningJobIsFoundAgainOnTheOtherNode() {
    ControlPlane stays = nodes.node(0);
    ControlPlane goes = nodes.node(1);
    Enrolled machine = Peer.ready(stays, "moved", GROUP).at(goes.url());
    String job = nodes.admin().runNow(machine.host(), GROUP);
    try (Peer peer = machine.hello("ack", "resume")) {
      assertThat(peer.awaitCommand(command -> true)).isEqualTo(job);
      peer.start(job);
      await("it runs").atMost(LIMIT).until(() -> status(job).equals("running"));

      goes.stop();

      assertThat(peer.awaitClose()).isEqualTo(SERVICE_RESTART);
    }
    assertThat(status(job)).isEqualTo("running");

    try (Peer peer = machine.at(stays.url()).helloHolding(job, "ack", "resume")) {
      peer.finish(job, "succeeded", 0);
      peer.await1("event.ack", ack -> ack.getBoolean("finished", false));
    }
    JsonObject ended = nodes.admin().awaitEnd(job, LIMIT);
    assertThat(ended.getString("status")).isEqualTo("succeeded");
    goes.start();
  }

  private static String status(String job) {
    return nodes.admin().job(job).getString("status");
  }
}
