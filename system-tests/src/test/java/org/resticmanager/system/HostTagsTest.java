package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people call hosts besides their names. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class HostTagsTest {

  private static JsonObject tags(String... tags) {
    return Json.createObjectBuilder().add("tags", Json.createArrayBuilder(List.of(tags))).build();
  }

  private static List<String> tags(JsonObject answer) {
    return answer.getJsonArray("tags").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  @Test
  void hostHasTheTagsThatItWasGivenLast(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    String host = Peer.Enrolled.at(controlPlane, "tagged-by-program").host();
    String path = "/api/v1/hosts/" + host + "/tags";
    assertThat(tags(admin.host(host))).isEmpty();
    admin.api().put(path, tags("web", "berlin")).expect(200);
    String seen = admin.api().get(path).expect(200).header("ETag");
    admin.api().put(path, tags("web", "paris")).expect(200);

    assertThat(tags(admin.host(host))).containsExactly("paris", "web");
    assertThat(tags(admin.hostNamed("tagged-by-program"))).containsExactly("paris", "web");
    assertThat(tags(admin.api().get(path).expect(200).json())).containsExactly("paris", "web");
    admin
        .api()
        .send("PUT", path, Optional.of(tags("x").toString()), Map.of("If-Match", seen))
        .expect(412);
    Api.Reply wrong = admin.api().put(path, tags("Not A Tag")).expect(422);
    assertThat(wrong.json().getString("field")).isEqualTo("tags");
    Somebody.as(controlPlane, "viewer").api().put(path, tags("x")).expect(403);
    assertThat(tags(admin.host(host))).containsExactly("paris", "web");
  }

  @Test
  void personGivesAHostTags(ControlPlane controlPlane) {
    String host = Peer.Enrolled.at(controlPlane, "tagged-by-hand").host();
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      browser.openHost(host);
      Page page = browser.page();
      Locator shown = page.locator("#host-tags");
      assertThat(shown).containsText("None");
      shown.locator("a").click();
      page.fill("#tags", "berlin, Web");
      page.click("#save");
      assertThat(page.locator(".ui-message-error")).containsText("small letters");
      page.fill("#tags", "berlin, web  critical");
      browser.takePictures("host-tags");
      browser.assertFitsNarrowScreen();
      page.click("#save");
      page.waitForURL("**/host.xhtml?id=*");
      assertThat(shown.locator(".tag")).hasText(new String[] {"berlin", "critical", "web"});
      browser.assertFitsNarrowScreen();
      browser.open("/hosts.xhtml?q=tagged-by-h");
      Locator row =
          page.locator(
              "#hosts-table tbody tr", new Page.LocatorOptions().setHasText("tagged-by-hand"));
      assertThat(row.locator(".tag")).hasCount(3);
      browser.assertFitsNarrowScreen();
      assertThat(browser.troubles()).isEmpty();
    }
  }
}
