package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens for programs: what they may do, and how that ends. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class ApiTokensTest {

  private static final String TOKENS = "/api/v1/api-tokens";

  private ControlPlane controlPlane;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
  }

  private static JsonObject token(String scope) {
    return Json.createObjectBuilder()
        .add("label", "for " + scope)
        .add("scope", scope)
        .add("expiresInDays", 1)
        .build();
  }

  private static JsonObject make(Api as, String scope) {
    return as.post(TOKENS, token(scope)).expect(201).json();
  }

  private Api program(JsonObject token) {
    return controlPlane.api().withToken(token.getString("token"));
  }

  private static List<JsonObject> items(Api.Reply reply) {
    return reply.expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void tokenMayDoNoMoreThanItsScope() {
    Api admin = controlPlane.admin().api();
    Api reader = program(make(admin, "read"));
    reader.get("/api/v1/hosts").expect(200);
    reader.post("/api/v1/enrolment-tokens").expect(403);
    reader.get("/api/v1/people").expect(403);
    Api operator = program(make(admin, "operate"));
    operator.post("/api/v1/enrolment-tokens").expect(201);
    operator.get("/api/v1/people").expect(403);
    Api administrator = program(make(admin, "admin"));
    administrator.get("/api/v1/people").expect(200);
  }

  @Test
  void tokenOfAPersonWhoMayLessNowMayLess() {
    Somebody person = Somebody.as(controlPlane, "operator");
    Api program = program(make(person.api(), "operate"));
    program.post("/api/v1/enrolment-tokens").expect(201);

    controlPlane
        .admin()
        .api()
        .put(
            "/api/v1/people/" + person.id(),
            Json.createObjectBuilder().add("role", "viewer").build())
        .expect(200);

    program.post("/api/v1/enrolment-tokens").expect(403);
    program.get("/api/v1/hosts").expect(200);
  }

  @Test
  void nobodyGivesATokenWhatTheyMayNotDo() {
    Somebody person = Somebody.as(controlPlane, "operator");
    for (String scope : List.of("admin", "restore", "everything")) {
      Api.Reply refused = person.api().post(TOKENS, token(scope)).expect(422);
      assertThat(refused.json().getString("field")).isEqualTo("scope");
    }
  }

  @Test
  void tokensNeitherMakeNorRevokeTokens() {
    JsonObject token = make(controlPlane.admin().api(), "admin");
    Api program = program(token);
    program.post(TOKENS, token("read")).expect(403);
    program.delete(TOKENS + "/" + token.getString("id")).expect(403);
  }

  @Test
  void tokensDoNotOpenThePagesOfTheirPersonsAccount() {
    Api program = program(make(controlPlane.admin().api(), "admin"));
    program.get("/account.xhtml").expect(403);
    program.get("/second-factor.xhtml").expect(403);
    program.get("/hosts.xhtml").expect(200);
  }

  @Test
  void tokenIsListedWithItsLastUseAndWithoutItsSecret() {
    Somebody person = Somebody.as(controlPlane, "viewer");
    JsonObject token = make(person.api(), "read");
    JsonObject unused = items(person.api().get(TOKENS + "/mine")).get(0);
    assertThat(unused.getString("label")).isEqualTo("for read");
    assertThat(unused.containsKey("lastUsedAt")).isFalse();

    program(token).get("/api/v1/hosts").expect(200);

    Api.Reply listed = person.api().get(TOKENS + "/mine");
    assertThat(items(listed).get(0).containsKey("lastUsedAt")).isTrue();
    assertThat(listed.body()).doesNotContain(token.getString("token"));
  }

  @Test
  void personAndAdminsRevokeATokenAndNobodyElse() {
    Somebody person = Somebody.as(controlPlane, "viewer");
    JsonObject first = make(person.api(), "read");
    JsonObject second = make(person.api(), "read");
    Somebody.as(controlPlane, "operator")
        .api()
        .delete(TOKENS + "/" + first.getString("id"))
        .expect(404);
    program(first).get("/api/v1/hosts").expect(200);

    person.api().delete(TOKENS + "/" + first.getString("id")).expect(204);
    program(first).get("/api/v1/hosts").expect(401);
    person.api().delete(TOKENS + "/" + first.getString("id")).expect(404);

    Api admin = controlPlane.admin().api();
    assertThat(items(admin.get(TOKENS + "?limit=1000")))
        .extracting(each -> each.getString("id"))
        .contains(second.getString("id"))
        .doesNotContain(first.getString("id"));
    admin.delete(TOKENS + "/" + second.getString("id")).expect(204);
    program(second).get("/api/v1/hosts").expect(401);
  }
}
