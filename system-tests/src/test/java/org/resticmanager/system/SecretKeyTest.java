package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key to the stored secrets in an operator's hands: changed, lost, and put back. */
@Tag("standalone")
@Tag("slow")
@ExtendWith(FailureReport.class)
class SecretKeyTest {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Scratch scratch;
  private Path data;
  private int port;
  private int starts;

  @BeforeEach
  void prepare() {
    scratch = new Scratch("secret-key");
    data = scratch.folder().resolve("data");
    port = ControlPlane.freePort();
  }

  @AfterEach
  void cleanUp() {
    scratch.close();
  }

  private Program started() {
    starts++;
    return Program.start(
        scratch.folder().resolve("server-" + starts + ".log"),
        Map.of(
            "RESTIC_MANAGER_DATA_DIR", data.toString(),
            "RESTIC_MANAGER_HTTP_PORT", Integer.toString(port),
            "RESTIC_MANAGER_HTTP_ADDRESS", "127.0.0.1"),
        Program.java("-jar", Project.standaloneJar().toString()));
  }

  private Api api() {
    return new Api(URI.create("http://localhost:" + port));
  }

  private static void stop(Program server) {
    server.terminate();
    server.exitCode(ServerKind.STANDALONE.stopLimit());
  }

  private List<JsonObject> keys(Api admin) {
    return admin
        .get("/api/v1/secret-keys")
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void aLostKeyIsSaidAndTheOldOnePutBackOpensEverything() throws IOException {
    Program server = started();
    ControlPlane.awaitReady(server, api());
    String password = Secrets.random();
    JsonObject person =
        Json.createObjectBuilder()
            .add("token", Program.read(data.resolve("set-up-token")).strip())
            .add("name", "admin")
            .add("password", password)
            .build();
    api().post("/api/v1/set-up", person).expect(201);
    Api admin = signedIn(password);
    String secret = Secrets.random();
    admin
        .post(
            "/api/v1/repositories",
            Json.createObjectBuilder()
                .add("name", "kept")
                .add("url", "/srv/kept")
                .add("password", secret)
                .build())
        .expect(201);

    String first = keys(admin).get(0).getString("id");
    admin.send("POST", "/api/v1/secret-keys", Optional.empty()).expect(201);
    JsonObject done = admin.post("/api/v1/secret-keys/reencryption").expect(200).json();
    assertThat(done.getInt("closedAnew")).isGreaterThan(1);
    List<JsonObject> keys = keys(admin);
    assertThat(keys.get(0).getBoolean("current")).isTrue();
    assertThat(keys.get(1).getString("id")).isEqualTo(first);
    assertThat(keys.get(1).getInt("envelopes")).as("nothing needs the old key").isZero();
    stop(server);

    Path key = data.resolve("secret.key");
    Path away = Files.move(key, data.resolve("secret.key.away"));
    Program keyless = started();
    assertThat(keyless.exitCode(LIMIT)).isEqualTo(1);
    assertThat(keyless.output())
        .contains("the secret key is missing")
        .contains(keys.get(0).getString("id"))
        .contains(key.toString())
        .contains("nothing was changed");
    assertThat(key).doesNotExist();

    // the new key alone is enough, and the audit trail's chain opens too
    Files.writeString(away, Files.readAllLines(away).get(0) + "\n");
    Files.move(away, key);
    Program again = started();
    ControlPlane.awaitReady(again, api());
    Api back = signedIn(password);
    assertThat(keys(back)).hasSize(1);
    assertThat(back.post("/api/v1/audit-events/verification").expect(200).json())
        .doesNotContainKey("altered");
    stop(again);
    for (int start = 1; start <= starts; start++) {
      assertThat(Program.read(scratch.folder().resolve("server-" + start + ".log")))
          .doesNotContain(secret)
          .doesNotContain(Files.readString(key).strip());
    }
  }

  private Api signedIn(String password) {
    String token =
        api()
            .post(
                "/api/v1/sign-in",
                Json.createObjectBuilder().add("name", "admin").add("password", password).build())
            .expect(200)
            .json()
            .getString("token");
    return api().withToken(token);
  }
}
