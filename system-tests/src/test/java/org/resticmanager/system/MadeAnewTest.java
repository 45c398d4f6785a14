package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A repository is gone from its location, and a person who knows what they do has it made anew. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class MadeAnewTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void repositoryThatIsGoneIsMadeAnewByWhoTypesItsName(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("made-anew", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      Path folder = machine.folder().resolve("repository");
      Path source = machine.newFolder("source");
      SourceFiles.large(source.resolve("file"), 1, 1);
      String id = admin.addRepository(machine.name(), folder.toString(), Secrets.random());
      admin.connect(host, id);
      admin.awaitInit(host);
      admin.putSourceGroup(host, GROUP, List.of(source.toString()));
      assertEnds(admin, admin.runNow(host, GROUP), "succeeded");
      assertEnds(admin, check(admin, id), "succeeded");

      // who types the name of one that is there changes nothing
      assertEnds(admin, makeAnew(admin, id).expect(202).json().getString("id"), "succeeded");
      assertThat(repository(admin, id).getInt("snapshotCount")).isEqualTo(1);
      assertThat(repository(admin, id).getInt("uniqueFiles"))
          .as("one, and its folders")
          .isEqualTo(2);
      assertThat(repository(admin, id).getJsonNumber("compressionRatio").doubleValue())
          .as("restic compresses what it stores, if only the trees")
          .isGreaterThan(0.5);
      assertThat(repository(admin, id)).containsKey("lastCheckAt");

      Scratch.delete(folder);
      JsonObject failed = assertEnds(admin, admin.runNow(host, GROUP), "failed");
      assertThat(failed.getInt("exitCode")).isEqualTo(10);
      assertThat(Admin.error(failed)).contains("no repository at this location", "made anew");
      assertThat(admin.snapshots(host)).as("what is known of the lost one").hasSize(1);

      assertEnds(admin, onThePage(controlPlane, machine.name()), "succeeded");

      assertThat(admin.snapshots(host)).isEmpty();
      JsonObject anew = repository(admin, id);
      assertThat(anew.getInt("snapshotCount")).isZero();
      assertThat(anew.getInt("uniqueFiles")).isZero();
      assertThat(anew).doesNotContainKeys("lastCheckAt", "lastCheckStatus");
      assertEnds(admin, admin.runNow(host, GROUP), "succeeded");
      assertThat(admin.snapshots(host)).hasSize(1);
    }
  }

  /** Returns the job's id. */
  private static String onThePage(ControlPlane controlPlane, String name) {
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.open("/repositories.xhtml?after=made-");
      page.locator("#repositories a.row-link", new Page.LocatorOptions().setHasText(name)).click();
      page.click("#make-anew");
      page.fill("#confirm", name + "?");
      page.click("#anew-yes");
      assertThat(page.locator("#confirm-message")).containsText("Must be the name");
      browser.takePictures("repository-made-anew");
      browser.assertFitsNarrowScreen();
      page.fill("#confirm", name);
      page.click("#anew-yes");
      page.waitForURL("**/job.xhtml?id=*");
      assertThat(browser.troubles()).isEmpty();
      return page.url().replaceFirst(".*id=", "");
    }
  }

  @Test
  void nobodyMakesARepositoryAnewByMistake(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    String id = admin.addRepository("not anew", "/srv/not-anew", "secret");

    for (String wrong : List.of("", "Not anew", "not anew ")) {
      JsonObject refusal =
          post(admin, id, Json.createObjectBuilder().add("confirm", wrong).build())
              .expect(422)
              .json();
      assertThat(refusal.getString("field")).isEqualTo("confirm");
    }
    assertThat(
            post(admin, id, Json.createObjectBuilder().build())
                .expect(422)
                .json()
                .getString("field"))
        .isEqualTo("confirm");
    assertThat(makeAnew(admin, id).expect(409).json().getString("code"))
        .isEqualTo("no-host-online");
  }

  private static Api.Reply makeAnew(Admin admin, String id) {
    String name = repository(admin, id).getString("name");
    return post(admin, id, Json.createObjectBuilder().add("confirm", name).build());
  }

  private static Api.Reply post(Admin admin, String id, JsonObject body) {
    return admin.api().post("/api/v1/repositories/" + id + "/initialisation", body);
  }

  private static JsonObject repository(Admin admin, String id) {
    return admin.api().get("/api/v1/repositories/" + id).expect(200).json();
  }

  private static String check(Admin admin, String id) {
    return admin
        .api()
        .post("/api/v1/repositories/" + id + "/maintenance/check/runs")
        .expect(202)
        .json()
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("id");
  }

  private static JsonObject assertEnds(Admin admin, String job, String status) {
    JsonObject ended = admin.awaitEnd(job, LIMIT);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo(status);
    return ended;
  }
}
