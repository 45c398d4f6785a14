package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people have the list of hosts show, under names of their own. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class SavedViewsTest {

  private static final String VIEWS = "/api/v1/account/host-views";

  private static Api.Reply save(Api as, String name, String query) {
    return as.post(VIEWS, Json.createObjectBuilder().add("name", name).add("query", query).build());
  }

  private static List<JsonObject> views(Api as) {
    return as.get(VIEWS).expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  @Test
  void personHasViewsThatNobodyElseSees(ControlPlane controlPlane) {
    Api anna = Somebody.as(controlPlane, "viewer").api();
    Api bert = Somebody.as(controlPlane, "operator").api();
    String id = save(anna, "Failing", "?health=failing&page=2").expect(200).json().getString("id");
    save(anna, "Berlin", "sort=urgency&tag=berlin").expect(200);
    JsonObject replaced = save(anna, "Failing", "health=failing&tag=web").expect(200).json();

    assertThat(replaced.getString("id")).isEqualTo(id);
    assertThat(views(anna))
        .extracting(view -> view.getString("name") + ": " + view.getString("query"))
        .containsExactly("Berlin: tag=berlin&sort=urgency", "Failing: health=failing&tag=web");
    assertThat(views(bert)).isEmpty();
    bert.delete(VIEWS + "/" + id).expect(404);
    anna.delete(VIEWS + "/" + id).expect(204);
    anna.delete(VIEWS + "/" + id).expect(404);
    assertThat(views(anna)).hasSize(1);
  }

  @Test
  void whatIsNoViewIsRefusedAndChangesNothing(ControlPlane controlPlane) {
    Api anna = Somebody.as(controlPlane, "viewer").api();
    assertThat(save(anna, " ", "tag=web").expect(422).json().getString("field")).isEqualTo("name");
    assertThat(save(anna, "x", "size=1").expect(422).json().getString("field")).isEqualTo("query");
    assertThat(save(anna, "x", "page=1").expect(422).json().getString("field")).isEqualTo("query");
    assertThat(views(anna)).isEmpty();

    for (int i = 0; i < 50; i++) {
      save(anna, "view " + i, "q=" + i).expect(200);
    }
    assertThat(save(anna, "one more", "tag=web").expect(409).json().getString("code"))
        .isEqualTo("too-many-views");
    save(anna, "view 7", "tag=web").expect(200);
  }

  @Test
  void viewsAreNotForApiTokensAndTheListOfHostsIs(ControlPlane controlPlane) {
    Api anna = Somebody.as(controlPlane, "viewer").api();
    save(anna, "Failing", "health=failing").expect(200);
    Api program =
        controlPlane
            .api()
            .withToken(
                anna.post(
                        "/api/v1/api-tokens",
                        Json.createObjectBuilder()
                            .add("label", "reader")
                            .add("expiresInDays", 1)
                            .build())
                    .expect(201)
                    .json()
                    .getString("token"));

    program.get(VIEWS).expect(403);
    assertThat(program.get("/hosts.xhtml?health=failing").expect(200).body())
        .doesNotContain("saveView", "id=\"views\"");
    assertThat(anna.get("/hosts.xhtml?health=failing").expect(200).body()).contains("id=\"views\"");
  }

  @Tag("slow")
  @Test
  void personSavesWhatTheListShowsAndComesBackToIt(ControlPlane controlPlane) {
    Somebody anna = Somebody.as(controlPlane, "viewer");
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn(anna.name(), anna.password());
      Page page = browser.page();
      Locator links = page.locator("#views a");
      browser.open("/hosts.xhtml");
      assertThat(page.locator(".views")).hasCount(0);

      page.selectOption("#health", "failing");
      page.waitForURL("**/hosts.xhtml?health=failing");
      page.click("#save-view");
      page.click("#save-view-yes");
      assertThat(page.locator("#save-view-dialog .ui-message-error")).containsText("not be empty");
      page.fill("#name", "In trouble <b>");
      page.click("#save-view-yes");
      assertThat(links).hasText(new String[] {"In trouble <b>"});
      assertThat(links).hasAttribute("aria-current", "page");
      assertThat(page.locator("#save-view")).hasCount(0);

      browser.open("/hosts.xhtml?sort=urgency&q=w%C3%A4b+%26+co");
      page.click("#save-view");
      page.fill("#name", "Mine");
      page.keyboard().press("Enter");
      assertThat(links).hasText(new String[] {"In trouble <b>", "Mine"});
      browser.takePictures("hosts-views");
      browser.assertFitsNarrowScreen();
      links.first().click();
      page.waitForURL("**/hosts.xhtml?health=failing");
      links.last().click();
      assertThat(page.locator("#q")).hasValue("wäb & co");
      assertThat(page.locator("#sort")).hasValue("urgency");

      page.click("#remove-view");
      assertThat(links).hasText(new String[] {"In trouble <b>"});
      assertThat(page.locator("#save-view")).isVisible();
      assertThat(page.locator("#q")).hasValue("wäb & co");
      assertThat(views(anna.api())).hasSize(1);
      assertThat(browser.troubles()).isEmpty();
    }
  }
}
