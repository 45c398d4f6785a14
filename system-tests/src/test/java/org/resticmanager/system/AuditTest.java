package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who did what to what, from where: as an auditor asks for it. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class AuditTest {

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  private JsonObject enrolled(String hostname) {
    return controlPlane
        .api()
        .post(
            "/api/v1/enrolments",
            Json.createObjectBuilder()
                .add("token", admin.newEnrolmentToken())
                .add("hostname", hostname)
                .add("os", "linux")
                .add("arch", "amd64")
                .build())
        .expect(201)
        .json();
  }

  private List<JsonObject> events(String query) {
    return admin
        .api()
        .get("/api/v1/audit-events?limit=1000&" + query)
        .expect(200)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void eachChangeIsToldWithWhoFromWhereAndHowItWasBefore() {
    JsonObject host = enrolled("audited");
    String id = host.getString("hostId");
    JsonObject enrolment = events("action=host.enrolled&target=" + id).get(0);
    assertThat(enrolment.getString("targetName")).isEqualTo("audited");
    assertThat(enrolment.getString("address")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");

    admin.putSourceGroup(id, "etc", List.of("/etc"));
    admin.putSchedule(id, "nightly", "0 2 * * *", "etc");
    admin.putSchedule(id, "nightly", "0 3 * * *", "etc");
    admin.putSchedule(id, "nightly", "0 3 * * *", "etc");
    admin.api().delete("/api/v1/hosts/" + id + "/schedules/nightly").expect(204);

    List<JsonObject> schedule = events("target=audited/nightly");
    assertThat(schedule)
        .extracting(event -> event.getString("action"))
        .as("newest first; what changes nothing is no event")
        .containsExactly("schedule.removed", "schedule.changed", "schedule.added");
    assertThat(schedule).allMatch(event -> event.getString("actor").equals(Admin.NAME));
    JsonObject change = schedule.get(1);
    assertThat(change.getJsonObject("before").getString("cron")).isEqualTo("0 2 * * *");
    assertThat(change.getJsonObject("after").getString("cron")).isEqualTo("0 3 * * *");
    assertThat(schedule.get(0)).doesNotContainKey("after");
    assertThat(events("action=source-group.&target=audited/etc")).hasSize(1);
  }

  @Test
  void whoWasNotLetInIsToldToo() {
    String claimed = "<b>mallory</b>";
    JsonObject guess =
        Json.createObjectBuilder().add("name", claimed).add("password", "a bad guess").build();
    controlPlane.api().post("/api/v1/sign-in", guess).expect(401);

    JsonObject refused = events("action=sign-in.refused&actor=" + Api.segment(claimed)).get(0);
    assertThat(refused.getString("targetName")).isEqualTo(claimed);
    assertThat(refused.toString()).doesNotContain("a bad guess");
    assertThat(events("action=sign-in.done&actor=" + Admin.NAME)).isNotEmpty();
  }

  @Test
  void secretsNeverGetIntoTheTrail() {
    String first = Secrets.random();
    String second = Secrets.random();
    String key = Secrets.random();
    String repository = admin.addRepository("audited-secrets", "/srv/audited", first);
    admin.correctPassword(repository, second);
    admin
        .api()
        .put(
            "/api/v1/repositories/" + repository + "/credentials/admin",
            Json.createObjectBuilder()
                .add("credential", key)
                .add("environment", Json.createObjectBuilder().add("AWS_SESSION_TOKEN", key))
                .build())
        .expect(200);

    List<JsonObject> events = events("target=" + repository);
    assertThat(events)
        .extracting(event -> event.getString("action"))
        .containsExactly("credentials.changed", "credentials.changed", "repository.added");
    assertThat(events.get(0).getJsonObject("after").getJsonArray("given"))
        .hasToString("[\"credential\",\"AWS_SESSION_TOKEN\"]");
    assertThat(events("").toString()).doesNotContain(first, second, key);
  }

  @Test
  void theWholeTrailIsATableForSpreadsheets() {
    JsonObject host = enrolled("=1+1");
    Api.Reply csv =
        admin.api().get("/api/v1/audit-events/export.csv?target=" + host.getString("hostId"));
    csv.expect(200);
    assertThat(csv.contentType()).isEqualTo("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("audit-events.csv");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines.get(0)).startsWith("number,at,actor,address,action,");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).contains("host.enrolled").contains(",'=1+1,");

    assertThat(admin.api().get("/api/v1/audit-events/export.csv").expect(200).body())
        .contains("sign-in.done");
  }

  @Test
  void aBadFilterIsRefusedByName() {
    Api.Reply reply = admin.api().get("/api/v1/audit-events?from=yesterday").expect(422);
    assertThat(reply.json().getString("field")).isEqualTo("from");
    admin.api().get("/api/v1/audit-events?cursor=x").expect(422);
    admin.api().get("/api/v1/audit-events?limit=0").expect(422);
  }

  @Test
  void eventsJoinTheChainWithinSecondsAndTheChainHolds() {
    String id = enrolled("chained").getString("hostId");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> events("target=" + id).get(0).containsKey("number"));

    JsonObject verification =
        admin
            .api()
            .send("POST", "/api/v1/audit-events/verification", Optional.empty())
            .expect(200)
            .json();
    assertThat(verification.getInt("checked")).isPositive();
    assertThat(verification).doesNotContainKey("altered");
  }

  @Test
  void administratorReadsVerifiesAndNarrowsTheTrail() {
    String id = enrolled("seen-in-audit").getString("hostId");
    admin.putSourceGroup(id, "etc", List.of("/etc"));
    admin.putSourceGroup(id, "etc", List.of("/etc", "/usr/local/etc"));
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      page.click(".rail-nav >> text=Audit");
      page.fill("#target", "seen-in-audit/etc");
      page.click("#show");
      assertThat(page.locator("#events tbody tr")).hasCount(2);
      page.click("#events tbody tr:first-child summary");
      assertThat(page.locator("#events tbody tr").first())
          .containsText("includes: [\"/etc\"] → [\"/etc\",\"/usr/local/etc\"]");

      page.click("#verify");
      assertThat(page.locator(".notice")).containsText("Nothing was altered");
      assertThat(page.locator("#events tbody tr")).hasCount(2);
      page.click("text=Show all");
      page.waitForURL("**/audit.xhtml");
      browser.takePictures("audit");
      browser.assertFitsNarrowScreen();
      assertThat(browser.troubles()).isEmpty();
    }
  }
}
