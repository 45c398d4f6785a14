package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How machines become hosts by one-time tokens, over plain HTTP. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class EnrolmentTest {

  private static final String TOKENS = "/api/v1/enrolment-tokens";

  private ControlPlane controlPlane;
  private Api admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin().api();
  }

  private Api.Reply enrol(String token, String hostname) {
    return controlPlane
        .api()
        .post(
            "/api/v1/enrolments",
            Json.createObjectBuilder()
                .add("token", token)
                .add("hostname", hostname)
                .add("os", "linux")
                .add("arch", "amd64")
                .build());
  }

  private JsonObject newToken(String label) {
    return admin
        .post(TOKENS, Json.createObjectBuilder().add("label", label).build())
        .expect(201)
        .json();
  }

  private JsonObject token(JsonObject made) {
    return admin.get(TOKENS + "/" + made.getString("id")).expect(200).json();
  }

  private static void assertRefused(Api.Reply reply) {
    assertThat(reply.expect(401).json().getString("code")).isEqualTo("enrolment-token-refused");
  }

  @Test
  void ofMachinesThatRaceForOneTokenOneIsEnrolled() throws Exception {
    int machines = 8;
    JsonObject made = newToken("race");
    CyclicBarrier start = new CyclicBarrier(machines);
    ExecutorService threads = Executors.newFixedThreadPool(machines);
    try {
      List<Future<Api.Reply>> tries =
          IntStream.range(0, machines)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            start.await();
                            return enrol(made.getString("token"), "race-" + number);
                          }))
              .toList();
      int enrolled = 0;
      for (Future<Api.Reply> each : tries) {
        if (each.get().status() == 201) {
          enrolled++;
          assertThat(token(made).getString("usedBy"))
              .isEqualTo(each.get().json().getString("hostId"));
        } else {
          assertRefused(each.get());
        }
      }
      assertThat(enrolled).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tokenIsGoodOnceAndItsMakerSeesWhatCameOfIt() {
    JsonObject made = newToken("for the mail server");
    JsonObject open = token(made);
    assertThat(open.getString("state")).isEqualTo("open");
    assertThat(open.getString("label")).isEqualTo("for the mail server");
    assertThat(open.getString("createdBy")).isEqualTo(Admin.NAME);
    assertThat(open).doesNotContainKeys("token", "usedBy", "usedAt");

    String host =
        enrol(made.getString("token"), "mail-server").expect(201).json().getString("hostId");

    assertThat(token(made).getString("state")).isEqualTo("used");
    assertThat(token(made).getString("usedBy")).isEqualTo(host);
    assertRefused(enrol(made.getString("token"), "mail-server"));
    assertThat(
            admin.delete(TOKENS + "/" + made.getString("id")).expect(409).json().getString("code"))
        .isEqualTo("enrolment-token-used");
    assertThat(admin.get(TOKENS + "?limit=1000").expect(200).body())
        .contains(made.getString("id"))
        .doesNotContain(made.getString("token"));
  }

  @Test
  void revokedTokenIsRefused() {
    JsonObject made = newToken("revoked");
    admin.delete(TOKENS + "/" + made.getString("id")).expect(204);
    admin.delete(TOKENS + "/" + made.getString("id")).expect(204);

    assertRefused(enrol(made.getString("token"), "too-late"));
    assertThat(token(made).getString("state")).isEqualTo("revoked");
  }

  @Test
  void labelThatIsTooLongIsRefusedByItsField() {
    JsonObject body = Json.createObjectBuilder().add("label", "x".repeat(201)).build();
    assertThat(admin.post(TOKENS, body).expect(422).json().getString("field")).isEqualTo("label");
  }

  @Test
  void machineThatWasSetUpAnewBecomesTheSameHostAgain() {
    Peer.Enrolled before = Peer.Enrolled.at(controlPlane, "set-up-anew");
    JsonObject made =
        admin
            .post(TOKENS, Json.createObjectBuilder().add("hostId", before.host()).build())
            .expect(201)
            .json();
    assertThat(token(made).getString("forHost")).isEqualTo(before.host());
    WhoMayComeInTest.assertUpgrade(controlPlane, before.token(), 101);

    JsonObject again = enrol(made.getString("token"), "another-name").expect(201).json();

    assertThat(again.getString("hostId")).isEqualTo(before.host());
    assertThat(again.getString("hostName")).isEqualTo("set-up-anew");
    WhoMayComeInTest.assertUpgrade(controlPlane, before.token(), 401);
    WhoMayComeInTest.assertUpgrade(controlPlane, again.getString("agentToken"), 101);
  }
}
