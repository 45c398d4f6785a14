package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How people come in, what ends that, and who looks after them. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class PeopleTest {

  private static final String PEOPLE = "/api/v1/people";

  private ControlPlane controlPlane;
  private Api admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin().api();
  }

  private Somebody somebody(String role) {
    return Somebody.as(controlPlane, role);
  }

  private JsonObject add(String name, String role) {
    return admin.post(PEOPLE, person(name, role)).expect(201).json();
  }

  private static JsonObject person(String name, String role) {
    return Json.createObjectBuilder().add("name", name).add("role", role).build();
  }

  private static String token(JsonObject invitation) {
    return Somebody.token(invitation.getString("link"));
  }

  private Api.Reply setPassword(String token, String password) {
    return controlPlane
        .api()
        .post(
            "/api/v1/set-password",
            Json.createObjectBuilder().add("token", token).add("password", password).build());
  }

  private Api signIn(String name, String password) {
    return Somebody.signIn(controlPlane, name, password);
  }

  private Api.Reply trySignIn(String name, String password) {
    return controlPlane
        .api()
        .post(
            "/api/v1/sign-in",
            Json.createObjectBuilder().add("name", name).add("password", password).build());
  }

  private static Api.Reply edit(Api as, String id, JsonObject change) {
    return as.put(PEOPLE + "/" + id, change);
  }

  private static JsonObject change(String property, String value) {
    return Json.createObjectBuilder().add(property, value).build();
  }

  private static JsonObject enabled(boolean enabled) {
    return Json.createObjectBuilder().add("enabled", enabled).build();
  }

  @Test
  void personChoosesThePasswordByALinkThatWorksOnce() {
    JsonObject invitation = add("once", "operator");
    assertThat(invitation.getJsonObject("person").getBoolean("passwordSet")).isFalse();
    trySignIn("once", "").expect(401);

    setPassword(token(invitation), "short").expect(422);
    setPassword(token(invitation), "long enough to do").expect(200);

    signIn("once", "long enough to do").get("/api/v1/hosts").expect(200);
    Api.Reply again = setPassword(token(invitation), "another long one").expect(401);
    assertThat(again.json().getString("code")).isEqualTo("set-up-link-refused");
    signIn("once", "long enough to do");
  }

  @Test
  void newLinkResetsThePasswordAndEndsEverySignIn() {
    Somebody person = somebody("viewer");
    JsonObject first = admin.post(PEOPLE + "/" + person.id() + "/set-up-links").expect(201).json();
    JsonObject second = admin.post(PEOPLE + "/" + person.id() + "/set-up-links").expect(201).json();
    setPassword(token(first), "with the older link").expect(401);
    person.api().get("/api/v1/hosts").expect(200);

    setPassword(token(second), "with the newer link").expect(200);

    person.api().get("/api/v1/hosts").expect(401);
    trySignIn(person.name(), person.password()).expect(401);
    signIn(person.name(), "with the newer link");
  }

  static List<Arguments> endings() {
    return List.of(
        ending("disabled", (admin, path) -> admin.put(path, enabled(false)).expect(200)),
        ending(
            "with another role",
            (admin, path) -> admin.put(path, change("role", "viewer")).expect(200)),
        ending("signed out", (admin, path) -> admin.delete(path + "/sign-ins").expect(204)),
        ending("removed", (admin, path) -> admin.delete(path).expect(204)));
  }

  private static Arguments ending(String name, BiConsumer<Api, String> action) {
    return Arguments.of(name, action);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void signInsEndAtOnceOfWhoIs(String name, BiConsumer<Api, String> action) {
    Somebody person = somebody("operator");
    Api second = signIn(person.name(), person.password());
    second.get("/api/v1/hosts").expect(200);

    action.accept(admin, PEOPLE + "/" + person.id());

    person.api().get("/api/v1/hosts").expect(401);
    second.get("/api/v1/hosts").expect(401);
  }

  @Test
  void disabledPersonComesInByNothingUntilEnabledAgain() {
    Somebody person = somebody("operator");
    Api program =
        controlPlane
            .api()
            .withToken(
                person
                    .api()
                    .post(
                        "/api/v1/api-tokens",
                        Json.createObjectBuilder()
                            .add("label", "program")
                            .add("expiresInDays", 1)
                            .build())
                    .expect(201)
                    .json()
                    .getString("token"));
    String link = token(admin.post(PEOPLE + "/" + person.id() + "/set-up-links").json());
    program.get("/api/v1/hosts").expect(200);

    edit(admin, person.id(), enabled(false)).expect(200);

    program.get("/api/v1/hosts").expect(401);
    trySignIn(person.name(), person.password()).expect(401);
    setPassword(link, "by the link of before").expect(401);

    edit(admin, person.id(), enabled(true)).expect(200);
    program.get("/api/v1/hosts").expect(200);
    signIn(person.name(), person.password());
    setPassword(link, "by the link of before").expect(401);
  }

  @Test
  void lastAdminStays() {
    String id =
        admin
            .get(PEOPLE)
            .expect(200)
            .json()
            .getJsonArray("items")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(person -> person.getString("name").equals(Admin.NAME))
            .findFirst()
            .orElseThrow()
            .getString("id");
    Somebody second = somebody("admin");
    edit(admin, second.id(), enabled(false)).expect(200);
    add("admin without a password", "admin");

    List<Api.Reply> replies =
        List.of(
            edit(admin, id, change("role", "operator")),
            edit(admin, id, enabled(false)),
            admin.delete(PEOPLE + "/" + id));

    assertThat(replies)
        .allSatisfy(
            reply ->
                assertThat(reply.expect(409).json().getString("code")).isEqualTo("last-admin"));
    admin.get("/api/v1/hosts").expect(200);
  }

  @Test
  void ownPasswordIsChangedByWhoKnowsItAndEndsTheOtherSignIns() {
    Somebody person = somebody("viewer");
    Api other = signIn(person.name(), person.password());
    String newPassword = "new " + Secrets.random();

    Api.Reply wrong = changePassword(person.api(), "not mine at all", newPassword).expect(422);
    assertThat(wrong.json().getString("field")).isEqualTo("currentPassword");
    changePassword(person.api(), person.password(), "short").expect(422);
    other.get("/api/v1/hosts").expect(200);

    changePassword(person.api(), person.password(), newPassword).expect(204);

    person.api().get("/api/v1/hosts").expect(200);
    other.get("/api/v1/hosts").expect(401);
    trySignIn(person.name(), person.password()).expect(401);
    signIn(person.name(), newPassword);
  }

  private static Api.Reply changePassword(Api as, String current, String password) {
    return as.put(
        "/api/v1/account/password",
        Json.createObjectBuilder()
            .add("currentPassword", current)
            .add("password", password)
            .build());
  }

  @Test
  void personSeesWhereTheyAreSignedInAndEndsEach() {
    Somebody person = somebody("viewer");
    Api other = signIn(person.name(), person.password());
    List<JsonObject> signIns = signIns(person.api());
    assertThat(signIns).hasSize(2);
    assertThat(signIns).allMatch(each -> each.getString("address").matches("[0-9a-f.:]+"));
    JsonObject theOther =
        signIns.stream().filter(each -> !each.getBoolean("current")).findFirst().orElseThrow();
    String path = "/api/v1/account/sign-ins/" + theOther.getString("id");
    somebody("viewer").api().delete(path).expect(404);
    other.get("/api/v1/hosts").expect(200);

    person.api().delete(path).expect(204);

    other.get("/api/v1/hosts").expect(401);
    assertThat(signIns(person.api())).hasSize(1);
    person.api().delete("/api/v1/account/sign-ins").expect(204);
    person.api().get("/api/v1/hosts").expect(401);
  }

  private static List<JsonObject> signIns(Api as) {
    return as.get("/api/v1/account/sign-ins")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void apiTokensDoNotTouchTheAccountOfTheirPerson() {
    Api program =
        controlPlane
            .api()
            .withToken(
                admin
                    .post(
                        "/api/v1/api-tokens",
                        Json.createObjectBuilder()
                            .add("label", "x")
                            .add("expiresInDays", 1)
                            .build())
                    .expect(201)
                    .json()
                    .getString("token"));
    changePassword(program, controlPlane.adminPassword(), "taken over by a token").expect(403);
    program.get("/api/v1/account/sign-ins").expect(403);
    program.delete("/api/v1/account/sign-ins").expect(403);
  }

  @ParameterizedTest
  @MethodSource("lesserRoles")
  void onlyAdminsLookAfterPeople(String role) {
    Somebody person = somebody(role);
    String path = PEOPLE + "/" + person.id();
    person.api().get(PEOPLE).expect(403);
    person.api().post(PEOPLE, person("friend", "admin")).expect(403);
    person.api().get(path).expect(403);
    edit(person.api(), person.id(), change("role", "admin")).expect(403);
    person.api().delete(path).expect(403);
    person.api().post(path + "/set-up-links").expect(403);
    person.api().delete(path + "/sign-ins").expect(403);
  }

  static List<String> lesserRoles() {
    return List.of("operator", "restore-operator", "viewer");
  }

  @Test
  void wrongInputIsRefusedWithTheReason() {
    add("Somebody", "viewer");
    Api.Reply taken = admin.post(PEOPLE, person("someBODY", "viewer")).expect(409);
    assertThat(taken.json().getString("code")).isEqualTo("name-taken");
    Api.Reply unknown = admin.post(PEOPLE, person("x", "emperor")).expect(422);
    assertThat(unknown.json().getString("field")).isEqualTo("role");
    admin.post(PEOPLE, person(" ", "viewer")).expect(422);
    admin.post(PEOPLE, person("x".repeat(101), "viewer")).expect(422);
  }

  @Test
  void changeToAPersonWhomSomebodyElseHasChangedIsRefused() {
    JsonObject person = add("edited twice", "viewer").getJsonObject("person");
    String path = PEOPLE + "/" + person.getString("id");
    String seen = admin.get(path).header("ETag");
    edit(admin, person.getString("id"), change("role", "operator")).expect(200);

    admin
        .send(
            "PUT", path, Optional.of(change("role", "admin").toString()), Map.of("If-Match", seen))
        .expect(412);
  }

  @Test
  void guessesAreSlowedDownAndTellNothing() {
    Somebody person = somebody("viewer");
    for (String name : List.of(person.name(), "nobody " + Secrets.random())) {
      for (int i = 0; i < 5; i++) {
        trySignIn(name, "wrong").expect(401);
      }
      Api.Reply refused = trySignIn(name, person.password()).expect(429);
      assertThat(refused.json().getString("code")).isEqualTo("too-many-tries");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
    }
    person.api().get("/api/v1/hosts").expect(200);
  }

  @Test
  void logThatIsBeingFollowedEndsWithTheSignInOrToken() {
    Somebody person = Somebody.as(controlPlane, "viewer");
    JsonObject token =
        person
            .api()
            .post(
                "/api/v1/api-tokens",
                Json.createObjectBuilder().add("label", "x").add("expiresInDays", 1).build())
            .expect(201)
            .json();
    Api program = controlPlane.api().withToken(token.getString("token"));
    try (RawAgent agent = RawAgent.enrol(controlPlane, "followed", "files").connect("ack")) {
      String job = agent.beginBackup("files");
      try (LogReader bySignIn = new LogReader(person.api(), job, "", Optional.empty());
          LogReader byToken = new LogReader(program, job, "", Optional.empty());
          LogReader other = new LogReader(controlPlane.admin().api(), job, "", Optional.empty())) {
        person.api().delete("/api/v1/api-tokens/" + token.getString("id")).expect(204);
        await().atMost(Duration.ofSeconds(20)).until(byToken::over);
        assertThat(bySignIn.over()).isFalse();

        person.api().delete("/api/v1/account/sign-ins").expect(204);
        await().atMost(Duration.ofSeconds(20)).until(bySignIn::over);
        assertThat(other.over()).isFalse();
      }
    }
  }
}
