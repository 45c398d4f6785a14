package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person says on the pages what a host backs up, when, and when it is to be left alone. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class PlanInBrowserTest {

  private static final String GROUP = "web shop";

  @Test
  void personPlansTheBackupsOfAHost(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("planned-in-browser", Project.newestRestic());
        Browser browser = new Browser(controlPlane)) {
      String host = machine.join(controlPlane);
      admin.connect(
          host,
          admin.addRepository(
              machine.name(), machine.folder().resolve("repository").toString(), "password"));
      String source = machine.newFolder("source").toString();
      browser.signIn();
      browser.openHost(host);

      addSourceGroup(browser, source);
      JsonObject group = admin.api().get(Admin.sourceGroup(host, GROUP)).expect(200).json();
      assertThat(group.getJsonArray("includes").getString(0)).isEqualTo(source);
      assertThat(group.getJsonObject("retention").getInt("keepDaily")).isEqualTo(14);
      assertThat(group.getJsonObject("retention").getInt("keepWeekly")).isEqualTo(4);
      assertThat(group.getJsonNumber("floorBytes").longValue()).isEqualTo(3 << 19);
      assertThat(group.getBoolean("excludeCaches")).isTrue();

      changeWhatSomebodyElseHasChanged(browser, admin, host, source);
      addSchedule(browser);
      setBlackouts(browser, admin, host);
      remove(browser);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void addSourceGroup(Browser browser, String source) {
    Page page = browser.page();
    page.click("#add-group");
    seeWhatARetentionWouldDo(page);
    page.fill("#name", GROUP);
    page.fill("#includes", "relative/path");
    page.fill("#excludes", "*.tmp\n/var/cache");
    page.fill("#keepDaily", "14");
    page.fill("#floorBytes", "1.5 MiB");
    page.click("#save");
    // what is wrong is said at its field, and nothing is lost
    assertThat(field(page, "includes")).containsText("absolute paths, unlike 'relative/path'");
    assertThat(page.locator("#includes")).hasValue("relative/path");
    assertThat(page.locator("#excludes")).hasValue("*.tmp\n/var/cache");
    assertThat(page.locator("#keepDaily")).hasValue("14");
    browser.takePictures("source-group");
    browser.assertFitsNarrowScreen();

    page.fill("#includes", source);
    page.click("#save");
    page.waitForURL("**/host.xhtml?id=*");
    assertThat(page.locator("#groups-table")).containsText(GROUP);
  }

  /** There is no snapshot, and no source group yet: what is shown is an example. */
  private static void seeWhatARetentionWouldDo(Page page) {
    Locator preview = page.locator("#retention-preview");
    assertThat(preview).containsText("An example: there are no snapshots yet");
    assertThat(preview).containsText("two years with a backup every night");
    for (String rule : List.of("keepWeekly", "keepMonthly")) {
      page.fill("#" + rule, "");
    }
    page.fill("#keepDaily", "14");
    page.click("#preview");
    assertThat(preview.locator("#retention-summary")).containsText("keep 14 and remove 71");
    assertThat(preview.locator("#retention-table tbody tr")).hasCount(14);
    page.fill("#keepWeekly", "4");
    page.fill("#keepMonthly", "-1");
    page.click("#preview");
    assertThat(field(page, "keepMonthly")).containsText("Must be from 0 to");
    page.fill("#keepMonthly", "12");
  }

  private static void changeWhatSomebodyElseHasChanged(
      Browser browser, Admin admin, String host, String source) {
    Page page = browser.page();
    link(page, GROUP).click();
    assertThat(page.locator("#includes")).hasValue(source);
    assertThat(page.locator("#retention-example")).containsText("a backup every night");
    admin.putSourceGroup(host, GROUP, List.of(source, "/etc"));
    page.fill("#keepDaily", "3");
    page.click("#save");
    assertThat(page.locator("#messages")).containsText("Somebody has changed it");
    page.navigate(page.url());
    browser.openHost(host);
    link(page, GROUP).click();
    assertThat(page.locator("#includes")).hasValue(source + "\n/etc");
    browser.openHost(host);
  }

  private static void addSchedule(Browser browser) {
    Page page = browser.page();
    page.click("#add-schedule");
    assertThat(page.locator("#next-runs li")).hasCount(5);
    page.fill("#name", "weekdays");
    page.fill("#cron", "30 25 * * 1-5");
    assertThat(page.locator("#next-runs")).containsText("must be a cron expression");
    page.fill("#cron", "30 4 * * 1-5");
    assertThat(page.locator("#next-runs")).containsText("04:30");
    page.fill("#zone", "Asia/Tokyo");
    page.locator("#zone").blur();
    assertThat(page.locator("#next-runs")).containsText("By the clock of Asia/Tokyo");
    assertThat(page.locator("#next-runs li").first()).containsText("+09:00");
    browser.takePictures("schedule");
    browser.assertFitsNarrowScreen();
    page.click("#save");
    page.waitForURL("**/host.xhtml?id=*");
    Locator row = page.locator("#schedules-table tbody tr");
    assertThat(row).containsText("weekdays");
    assertThat(row).containsText("Asia/Tokyo");
    assertThat(row).containsText(GROUP);
    assertThat(page.locator("#calendar .calendar-what").first()).containsText("weekdays");
    assertThat(page.locator("#calendar")).containsText("Planned");
    assertThat(page.locator("#host-health"))
        .containsText(
            "The first backup of " + GROUP + " is not due yet",
            // judged beside the request that has changed it; the page renews itself
            new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
    browser.takePictures("host-planned");
    browser.assertFitsNarrowScreen();
  }

  private static void setBlackouts(Browser browser, Admin admin, String host) {
    Page page = browser.page();
    page.click("#blackouts");
    page.fill("#windows", "mon-fri 8:00-18:00\nsometimes");
    page.click("#save");
    assertThat(field(page, "windows")).containsText("unlike 'sometimes'");
    page.fill("#windows", "mon-fri 8:00-18:00\nsat,sun 22:00-06:00");
    browser.takePictures("blackouts");
    browser.assertFitsNarrowScreen();
    page.click("#save");
    page.waitForURL("**/host.xhtml?id=*");
    JsonObject saved = admin.api().get("/api/v1/hosts/" + host + "/blackouts").expect(200).json();
    assertThat(saved.getJsonArray("windows")).hasSize(2);
    page.click("#blackouts");
    assertThat(page.locator("#windows")).hasValue("mon-fri 08:00-18:00\nsat,sun 22:00-06:00");
    browser.openHost(host);
  }

  private static void remove(Browser browser) {
    Page page = browser.page();
    link(page, GROUP).click();
    removeShown(page);
    assertThat(page.locator("#messages")).containsText("weekdays");
    page.locator("nav a", new Page.LocatorOptions().setHasText("planned-in-browser")).click();
    link(page, "weekdays").click();
    removeShown(page);
    page.waitForURL("**/host.xhtml?id=*");
    assertThat(page.locator("#schedules")).containsText("Nothing runs by itself yet");
    link(page, GROUP).click();
    removeShown(page);
    page.waitForURL("**/host.xhtml?id=*");
    assertThat(page.locator("#groups")).containsText("Nothing is chosen for backup");
  }

  private static void removeShown(Page page) {
    page.click("#remove");
    page.click("#remove-yes");
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A field with what is said at it. */
  private static Locator field(Page page, String id) {
    return page.locator(".field:has(#" + id + ")");
  }
}
