package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Machines that announce themselves by a key, and are let in by an administrator. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class AnnouncementTest {

  private static final String ANNOUNCEMENTS = "/api/v1/announcements";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ControlPlane controlPlane;
  private Api admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin().api();
  }

  /** A machine with a key, that says what a test wants it to say. */
  private final class Machine {

    private final String hostname;
    private final KeyPair pair;

    Machine(String hostname) {
      this.hostname = hostname;
      try {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    String publicKey() {
      byte[] encoded = pair.getPublic().getEncoded();
      return Base64.getEncoder()
          .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    String sign(String... lines) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    Api.Reply announce() {
      String challenge = challenge();
      return announce(
          challenge, sign("restic-manager announcement", challenge, hostname, "linux", "amd64"));
    }

    Api.Reply announce(String challenge, String signature) {
      return controlPlane
          .api()
          .post(
              ANNOUNCEMENTS,
              Json.createObjectBuilder()
                  .add("publicKey", publicKey())
                  .add("hostname", hostname)
                  .add("os", "linux")
                  .add("arch", "amd64")
                  .add("challenge", challenge)
                  .add("signature", signature)
                  .build());
    }

    Api.Reply claim(String announcement) {
      String challenge = challenge();
      return claim(announcement, challenge, sign("restic-manager claim", challenge, announcement));
    }

    Api.Reply claim(String announcement, String challenge, String signature) {
      return controlPlane
          .api()
          .post(
              ANNOUNCEMENTS + "/" + announcement + "/claims",
              Json.createObjectBuilder()
                  .add("challenge", challenge)
                  .add("signature", signature)
                  .build());
    }
  }

  private String challenge() {
    return controlPlane
        .api()
        .post(ANNOUNCEMENTS + "/challenges", Json.createObjectBuilder().build())
        .expect(201)
        .json()
        .getString("challenge");
  }

  private JsonObject accept(String id) {
    return admin.post(ANNOUNCEMENTS + "/" + id + "/acceptance").expect(200).json();
  }

  private static void assertRefused(Api.Reply reply, int status, String code) {
    assertThat(reply.expect(status).json().getString("code")).isEqualTo(code);
  }

  private List<JsonObject> announced(String hostname) {
    return admin
        .get(ANNOUNCEMENTS + "?limit=1000")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(each -> each.getString("hostname").equals(hostname))
        .toList();
  }

  @Test
  void agentShowsItsFingerprintAndWorksWhenAnAdministratorHasAcceptedIt() {
    try (AgentHost agent = new AgentHost("announced", Project.newestRestic())) {
      Program announcing = agent.announce(controlPlane.url());
      await("the fingerprint")
          .atMost(LIMIT)
          .until(() -> announcing.output().contains("fingerprint: SHA256:"));
      JsonObject seen = announced("announced").get(0);
      assertThat(announcing.output()).contains(seen.getString("fingerprint"));
      assertThat(seen.getString("status")).isEqualTo("open");
      assertThat(seen.getString("address")).isNotBlank();
      assertKeyIsPrivate(agent.folder().resolve("agent/announcement.key"));

      accept(seen.getString("id"));

      assertThat(announcing.exitCode(LIMIT)).isZero();
      assertThat(announcing.output()).contains("enrolled at ").doesNotContain("rma_");
      assertThat(agent.folder().resolve("agent/announcement.key")).doesNotExist();
      agent.start();
      controlPlane.admin().awaitOnline(controlPlane.admin().hostNamed("announced").getString("id"));
    }
  }

  private static void assertKeyIsPrivate(Path file) {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void agentThatIsRejectedSaysSoAndEnds() {
    try (AgentHost agent = new AgentHost("unwanted", Project.newestRestic())) {
      Program announcing = agent.announce(controlPlane.url());
      await("the announcement").atMost(LIMIT).until(() -> !announced("unwanted").isEmpty());
      String id = announced("unwanted").get(0).getString("id");
      admin.post(ANNOUNCEMENTS + "/" + id + "/rejection").expect(204);

      assertThat(announcing.exitCode(LIMIT)).isEqualTo(4);
      assertThat(announcing.output()).contains("an administrator has rejected this machine");
      assertRefused(
          admin.post(ANNOUNCEMENTS + "/" + id + "/acceptance"), 409, "announcement-decided");
    }
  }

  @Test
  void lookAlikeIsShownBesideTheMachineAndCannotTakeItsPlace() {
    Machine real = new Machine("payroll");
    Machine lookAlike = new Machine("payroll");
    String id = real.announce().expect(201).json().getString("id");
    lookAlike.announce().expect(201);
    assertThat(announced("payroll")).hasSize(2);
    accept(id);

    assertRefused(lookAlike.claim(id), 401, "signature-refused");
    JsonObject claimed = real.claim(id).expect(200).json();
    assertThat(claimed.getString("status")).isEqualTo("accepted");
    WhoMayComeInTest.assertUpgrade(controlPlane, claimed.getString("agentToken"), 101);
  }

  @Test
  void tokenIsGivenAgainUntilTheAgentHasSignedInAndThenNeverMore() {
    Machine machine = new Machine("lost-answer");
    String id = machine.announce().expect(201).json().getString("id");
    assertThat(machine.claim(id).expect(200).json().getString("status")).isEqualTo("open");
    String host = accept(id).getString("hostId");
    assertThat(accept(id).getString("hostId")).as("accepted once more").isEqualTo(host);

    String lost = machine.claim(id).expect(200).json().getString("agentToken");
    String challenge = challenge();
    String signature = machine.sign("restic-manager claim", challenge, id);
    JsonObject claimed = machine.claim(id, challenge, signature).expect(200).json();
    assertThat(claimed.getString("hostId")).isEqualTo(host);
    WhoMayComeInTest.assertUpgrade(controlPlane, lost, 401);
    WhoMayComeInTest.assertUpgrade(controlPlane, claimed.getString("agentToken"), 101);

    assertRefused(machine.claim(id, challenge, signature), 409, "announcement-claimed");
    assertRefused(machine.claim(id), 409, "announcement-claimed");
  }

  @Test
  void proofIsGoodForWhatItWasMadeForOnly() {
    Machine machine = new Machine("proof");
    String challenge = challenge();
    String proof =
        machine.sign("restic-manager announcement", challenge, "proof", "linux", "amd64");
    assertRefused(new Machine("proof").announce(challenge, proof), 401, "signature-refused");
    assertRefused(machine.announce(challenge, ""), 422, "invalid-input");
    assertRefused(machine.announce("AAAA", proof), 401, "challenge-refused");
    String id = machine.announce(challenge, proof).expect(201).json().getString("id");
    assertRefused(machine.claim(id, challenge, proof), 401, "signature-refused");
    assertThat(machine.announce().expect(201).json().getString("id"))
        .as("announced once more")
        .isEqualTo(id);
  }

  /** On a control plane of its own, which takes few. */
  @Test
  @Tag("slow")
  void machinesOfOneAddressAreLimitedAndSoAreThoseThatWait() {
    try (ControlPlane strict =
        new ControlPlane(
            Map.of(
                "RESTIC_MANAGER_ANNOUNCEMENTS_MAX_OPEN", "2",
                "RESTIC_MANAGER_ANNOUNCEMENTS_PER_ADDRESS", "3"))) {
      use(strict);
      String first = new Machine("first").announce().expect(201).json().getString("id");
      Machine second = new Machine("second");
      second.announce().expect(201);
      assertRefused(new Machine("third").announce(), 429, "too-many-announcements");
      second.announce().expect(201);

      admin.post(ANNOUNCEMENTS + "/" + first + "/rejection").expect(204);
      new Machine("third").announce().expect(201);
      admin
          .post(ANNOUNCEMENTS + "/" + announced("third").get(0).getString("id") + "/rejection")
          .expect(204);
      Api.Reply tooMany = new Machine("fourth").announce().expect(429);
      assertThat(tooMany.json().getString("detail")).contains("address");
      assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(3000, 3600);
    }
  }

  @Test
  void hostThatWasCutOffBeforeItsMachineCameForTheTokenStaysCutOff() {
    Machine machine = new Machine("regretted");
    String id = machine.announce().expect(201).json().getString("id");
    String host = accept(id).getString("hostId");

    admin.delete("/api/v1/hosts/" + host + "/agent-token").expect(204);

    machine.claim(id).expect(404);
  }
}
