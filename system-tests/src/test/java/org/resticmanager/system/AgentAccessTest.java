package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** An agent's token is replaced while it works, and taken away. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class AgentAccessTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private static String path(String host) {
    return "/api/v1/hosts/" + host + "/agent-token";
  }

  private JsonObject access(String host) {
    return admin.api().get(path(host)).expect(200).json();
  }

  private void rotate(String host) {
    admin.api().post(path(host) + "/rotation").expect(202);
  }

  private void assertLetsIn(String token, boolean letsIn) {
    WhoMayComeInTest.assertUpgrade(controlPlane, token, letsIn ? 101 : 401);
  }

  private static JsonObject offer(Peer peer) {
    return await("a new token")
        .atMost(LIMIT)
        .until(
            () ->
                peer.received().stream()
                    .filter(frame -> frame.getString("type").equals("token.update"))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static String token(JsonObject offer) {
    return offer.getJsonObject("payload").getString("token");
  }

  @Test
  void newTokenIsOfferedAgainUntilTheAgentHasIt() {
    Enrolled machine = Enrolled.at(controlPlane, "rotating");
    String unanswered;
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");
      rotate(machine.host());
      unanswered = token(offer(peer));
      peer.cut();
    }
    assertThat(access(machine.host()).getString("rotationWantedBy")).isEqualTo(Admin.NAME);
    try (Peer peer = machine.hello("token")) {
      JsonObject offer = offer(peer);
      assertThat(token(offer)).isNotEqualTo(unanswered).startsWith("rma_");
      peer.reply(
          "token.update.result",
          offer.getString("id"),
          Json.createObjectBuilder().add("stored", true));
      await("the rotation is done")
          .atMost(LIMIT)
          .until(() -> !access(machine.host()).containsKey("rotationWantedAt"));

      assertLetsIn(machine.token(), true);
      assertLetsIn(token(offer), true);
      assertLetsIn(machine.token(), false);
      assertLetsIn(unanswered, false);
    }
  }

  @Test
  void tokenThatTheAgentCannotKeepIsWorthlessAndTheOldOneStays() {
    Enrolled machine = Enrolled.at(controlPlane, "no-room-for-a-token");
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");
      rotate(machine.host());
      JsonObject offer = offer(peer);
      peer.reply(
          "token.update.result",
          offer.getString("id"),
          Json.createObjectBuilder().add("stored", false).add("error", "the disk is full"));
      peer.send("{\"type\":\"levitate\"}");
      peer.await1("error");

      assertLetsIn(token(offer), false);
      assertLetsIn(machine.token(), true);
      assertThat(access(machine.host())).containsKey("rotationWantedAt");
    }
  }

  @Test
  void agentThatDoesNotKnowTheExtensionKeepsItsToken() {
    Enrolled machine = Enrolled.at(controlPlane, "old-fashioned");
    rotate(machine.host());
    try (Peer peer = machine.hello("ack")) {
      peer.await1("schedule.set");
      peer.send("{\"type\":\"levitate\"}");
      peer.await1("error");
      assertThat(peer.received("token.update")).isEmpty();
      assertLetsIn(machine.token(), true);
    }
  }

  /** Wherever it is in its work with the new token. */
  @Test
  void agentThatIsKilledWhileItsTokenIsReplacedComesBack() {
    try (AgentHost machine = new AgentHost("killed-at-rotation", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      for (int pauseMillis : List.of(0, 5, 15, 40)) {
        rotate(host);
        pause(pauseMillis);
        machine.kill();
        machine.start();
        machine.awaitLog("connected to ");
        await("the rotation is done after a kill at " + pauseMillis + " ms")
            .atMost(LIMIT)
            .until(() -> !access(host).containsKey("rotationWantedAt"));
      }
      assertThat(machine.log()).contains("took over a new token").doesNotContain("rma_");
    }
  }

  /** Not to wait for something: to be somewhere else each time. */
  private static void pause(int millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void hostThatIsCutOffLosesItsConnectionAtOnceAndIsNotLetIn() {
    Enrolled machine = Enrolled.at(controlPlane, "cut-off");
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");
      assertThat(access(machine.host()).getString("state")).isEqualTo("valid");

      admin.api().delete(path(machine.host())).expect(204);

      assertThat(peer.awaitClose(AT_ONCE)).isEqualTo(1008);
      assertThat(peer.await1("error").getString("code")).isEqualTo("token_revoked");
      assertLetsIn(machine.token(), false);
    }
    admin.api().delete(path(machine.host())).expect(204);
    assertThat(access(machine.host()).getString("state")).isEqualTo("cut-off");
    assertThat(
            admin
                .api()
                .post(path(machine.host()) + "/rotation")
                .expect(409)
                .json()
                .getString("code"))
        .isEqualTo("host-cut-off");
  }

  @Test
  void agentSaysThatItWasCutOffAndComesBackWhenItIsEnrolledAgain() {
    try (AgentHost machine = new AgentHost("cut-off-for-a-while", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      admin.api().delete(path(host)).expect(204);
      machine.awaitLog("token_revoked");
      machine.awaitLog("refuses this agent's token");
      machine.kill();

      String token =
          admin
              .api()
              .post(
                  "/api/v1/enrolment-tokens",
                  Json.createObjectBuilder().add("hostId", host).build())
              .expect(201)
              .json()
              .getString("token");
      assertThat(machine.enrol(controlPlane.url(), token, "--replace").exitCode()).isZero();
      machine.start();
      machine.awaitLog("connected to ");
      assertThat(access(host).getString("state")).isEqualTo("valid");
    }
  }

  @Test
  void formerAgentIsPartedWithWhenAnotherMachineBecomesItsHost() {
    Enrolled machine = Enrolled.at(controlPlane, "former");
    JsonObject made =
        admin
            .api()
            .post(
                "/api/v1/enrolment-tokens",
                Json.createObjectBuilder().add("hostId", machine.host()).build())
            .expect(201)
            .json();
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");
      controlPlane
          .api()
          .post(
              "/api/v1/enrolments",
              Json.createObjectBuilder()
                  .add("token", made.getString("token"))
                  .add("hostname", "x")
                  .add("os", "linux")
                  .add("arch", "amd64")
                  .build())
          .expect(201);
      assertThat(peer.awaitClose(AT_ONCE)).isEqualTo(1008);
    }
  }
}
