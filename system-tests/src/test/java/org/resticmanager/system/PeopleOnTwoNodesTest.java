package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two control planes on one database: what one node says of people holds on the other at once. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class PeopleOnTwoNodesTest {

  @Test
  void whatEndsOnOneNodeEndsOnTheOtherAtOnceAndNoCodeWorksOnBoth() throws IOException {
    try (ExternalDatabase database = new ExternalDatabase();
        ControlPlane first = new ControlPlane(database);
        Scratch scratch = new Scratch("second-node")) {
      Api second = startNode(scratch, keyOf(first), database);
      Api admin = first.admin().api();
      assertSetUpRefused(second, scratch);
      Somebody person = Somebody.as(first, "operator");
      Api there = second.withToken(person.api().token().orElseThrow());
      there.get("/api/v1/hosts").expect(200);
      Api adminThere = second.withToken(admin.token().orElseThrow());

      adminThere.put("/api/v1/people/" + person.id(), enabled(false)).expect(200);
      person.api().get("/api/v1/hosts").expect(401);
      there.get("/api/v1/hosts").expect(401);
      adminThere.put("/api/v1/people/" + person.id(), enabled(true)).expect(200);

      Somebody careful = Somebody.as(first, "viewer");
      String own = "/api/v1/account/second-factor";
      Authenticator app =
          new Authenticator(
              careful
                  .api()
                  .post(own, body("currentPassword", careful.password()))
                  .expect(201)
                  .json()
                  .getString("secret"));
      second
          .withToken(careful.api().token().orElseThrow())
          .post(own + "/confirmation", body("totp", app.previousCode()))
          .expect(200);
      JsonObject credentials =
          Json.createObjectBuilder()
              .add("name", careful.name())
              .add("password", careful.password())
              .add("totp", app.code(Instant.now()))
              .build();
      first.api().post("/api/v1/sign-in", credentials).expect(200);
      second.post("/api/v1/sign-in", credentials).expect(401);
    }
  }

  /** The link that the first node made has worked although the second one started after it. */
  private static void assertSetUpRefused(Api second, Scratch scratch) {
    String token = Program.read(scratch.folder().resolve("data/set-up-token")).strip();
    second
        .post(
            "/api/v1/set-up",
            Json.createObjectBuilder()
                .add("token", token)
                .add("name", "too late")
                .add("password", "long enough to do")
                .build())
        .expect(401);
  }

  @Test
  void ofTwoLastAdminsWhoTakeEachOthersRoleOnTwoNodesOneIsLeft() throws IOException {
    try (ExternalDatabase database = new ExternalDatabase();
        ControlPlane first = new ControlPlane(database);
        Scratch scratch = new Scratch("second-node")) {
      Api second = startNode(scratch, keyOf(first), database);
      Rival one = new Rival(idOfAdmin(first), Admin.NAME, first.adminPassword());
      Somebody other = Somebody.as(first, "admin");
      Rival two = new Rival(other.id(), other.name(), other.password());
      for (int round = 0; round < 10; round++) {
        Api here = Somebody.signIn(first, one.name(), one.password());
        Api there =
            second.withToken(
                Somebody.signIn(first, two.name(), two.password()).token().orElseThrow());
        CompletableFuture<Api.Reply> byOne =
            CompletableFuture.supplyAsync(() -> give(here, two, "operator"));
        CompletableFuture<Api.Reply> byTwo =
            CompletableFuture.supplyAsync(() -> give(there, one, "operator"));

        int tookFrom2 = byOne.join().status();
        int tookFrom1 = byTwo.join().status();

        assertThat(List.of(tookFrom1, tookFrom2)).containsOnlyOnce(200);
        assertThat(tookFrom1 + tookFrom2 - 200)
            .as("who comes second is refused, or not let in any more")
            .isIn(401, 403, 409);
        give(tookFrom2 == 200 ? here : there, tookFrom2 == 200 ? two : one, "admin").expect(200);
      }
    }
  }

  private record Rival(String id, String name, String password) {}

  private static Api.Reply give(Api as, Rival to, String role) {
    return as.put("/api/v1/people/" + to.id(), body("role", role));
  }

  private static String idOfAdmin(ControlPlane node) {
    return node.admin()
        .api()
        .get("/api/v1/people")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("id");
  }

  /** Nodes on one database have the same key. */
  private static Path keyOf(ControlPlane node) {
    List<Path> found = Processes.files(node.folder(), "secret.key");
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Api startNode(Scratch scratch, Path key, ExternalDatabase database)
      throws IOException {
    Path data = scratch.newFolder("data");
    Files.copy(key, data.resolve("secret.key"));
    int port = ControlPlane.freePort();
    ServerKind kind = ServerKind.chosen();
    Program program =
        Program.start(
            scratch.folder().resolve("server.log"),
            kind.environment(port, data, Optional.of(database)),
            kind.command(port, data, Optional.of(database)));
    Api api = new Api(URI.create("http://localhost:" + port));
    ControlPlane.awaitReady(program, api);
    return api;
  }

  private static JsonObject enabled(boolean enabled) {
    return Json.createObjectBuilder().add("enabled", enabled).build();
  }

  private static JsonObject body(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }
}
