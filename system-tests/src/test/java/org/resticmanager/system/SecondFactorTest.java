package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One-time codes beside the password. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class SecondFactorTest {

  private static final String OWN = "/api/v1/account/second-factor";

  private ControlPlane controlPlane;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
  }

  /** Somebody who has turned it on. */
  private record Careful(Somebody person, Authenticator app, List<String> recoveryCodes) {}

  private Careful careful() {
    Somebody person = Somebody.as(controlPlane, "viewer");
    Authenticator app = begin(person);
    JsonObject confirmed =
        person
            .api()
            .post(OWN + "/confirmation", body("totp", app.previousCode()))
            .expect(200)
            .json();
    return new Careful(
        person,
        app,
        confirmed.getJsonArray("recoveryCodes").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList());
  }

  private static Authenticator begin(Somebody person) {
    JsonObject secret =
        person.api().post(OWN, body("currentPassword", person.password())).expect(201).json();
    assertThat(secret.getString("uri")).contains(secret.getString("secret"));
    return new Authenticator(secret.getString("secret"));
  }

  private static JsonObject body(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  private Api.Reply signIn(Somebody person, String totp) {
    return controlPlane
        .api()
        .post(
            "/api/v1/sign-in",
            Json.createObjectBuilder()
                .add("name", person.name())
                .add("password", person.password())
                .add("totp", totp)
                .build());
  }

  private static String code(Api.Reply reply) {
    return reply.json().getString("code");
  }

  @Test
  void whoHasTurnedItOnComesInWithACodeThatWorksOnce() {
    Careful careful = careful();
    assertThat(code(signIn(careful.person(), "").expect(401))).isEqualTo("totp-needed");
    assertThat(code(signIn(careful.person(), "000000x").expect(401))).isEqualTo("totp-refused");

    String now = careful.app().code(Instant.now());
    signIn(careful.person(), now).expect(200);
    assertThat(code(signIn(careful.person(), now).expect(401))).isEqualTo("totp-refused");
  }

  @Test
  void itIsNotOnUntilACodeHasShownThatTheAppHasTheSecret() {
    Somebody person = Somebody.as(controlPlane, "viewer");
    begin(person);
    Api.Reply refused =
        person.api().post(OWN + "/confirmation", body("totp", "12345x")).expect(422);
    assertThat(refused.json().getString("field")).isEqualTo("totp");
    signIn(person, "").expect(200);
    assertThat(person.api().get(OWN).expect(200).json().getBoolean("enabled")).isFalse();
  }

  @Test
  void recoveryCodeWorksOnceInsteadHoweverItIsWritten() {
    Careful careful = careful();
    String recovery = careful.recoveryCodes().get(3);
    signIn(careful.person(), recovery.toUpperCase().replace("-", " ")).expect(200);
    signIn(careful.person(), recovery).expect(401);
    signIn(careful.person(), careful.recoveryCodes().get(4)).expect(200);
    assertThat(careful.person().api().get(OWN).json().getInt("recoveryCodes"))
        .isEqualTo(careful.recoveryCodes().size() - 2);
  }

  @Test
  void wrongPasswordSaysNothingOfCodes() {
    Careful careful = careful();
    Somebody guesser =
        new Somebody(
            careful.person().id(), careful.person().name(), "wrong", careful.person().api());
    assertThat(code(signIn(guesser, "").expect(401))).isEqualTo("sign-in-refused");
  }

  @Test
  void codesAreNotGuessedByWhoKnowsThePassword() {
    Careful careful = careful();
    for (int i = 0; i < 5; i++) {
      signIn(careful.person(), "").expect(401); // must not make the wrong tries forgotten
      signIn(careful.person(), "00000" + i + "x").expect(401);
    }
    signIn(careful.person(), careful.app().code(Instant.now())).expect(429);
  }

  @Test
  void itIsTurnedOnAndOffByWhoKnowsThePasswordOnly() {
    Careful careful = careful();
    Api api = careful.person().api();
    Api.Reply wrong = api.post(OWN + "/removal", body("currentPassword", "wrong")).expect(422);
    assertThat(wrong.json().getString("field")).isEqualTo("currentPassword");
    Api.Reply on = api.post(OWN, body("currentPassword", careful.person().password())).expect(409);
    assertThat(code(on)).isEqualTo("second-factor-on");

    api.post(OWN + "/removal", body("currentPassword", careful.person().password())).expect(204);

    signIn(careful.person(), "").expect(200);
    api.post(OWN, body("currentPassword", "wrong")).expect(422);
  }

  @Test
  void adminTurnsItOffForWhoHasLostThePhone() {
    Careful careful = careful();
    Api admin = controlPlane.admin().api();
    String path = "/api/v1/people/" + careful.person().id();
    assertThat(admin.get(path).expect(200).json().getBoolean("secondFactor")).isTrue();

    admin.delete(path + "/second-factor").expect(204);

    signIn(careful.person(), "").expect(200);
    assertThat(admin.get(path).expect(200).json().getBoolean("secondFactor")).isFalse();
  }
}
