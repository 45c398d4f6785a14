package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator in the morning: what went wrong, and how it is put right. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class FleetInBrowserTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void operatorSeesWhatFailedAndRepairsIt() {
    try (ControlPlane controlPlane = new ControlPlane();
        Browser browser = new Browser(controlPlane);
        AgentHost machine = new AgentHost("web", Project.newestRestic())) {
      Admin admin = controlPlane.admin();
      browser.signIn();
      Page page = browser.page();
      assertThat(page.locator("#fleet")).containsText("No hosts yet");

      String host = machine.join(controlPlane);
      enrol(controlPlane, "mail");
      admin.connect(
          host,
          admin.addRepository(
              "nas", machine.folder().resolve("repository").toString(), Secrets.random()));
      Path source = machine.folder().resolve("source");
      admin.putSourceGroup(host, "files", List.of(source.toString()));
      admin.putSchedule(host, "nightly", "30 3 * * *", "files");
      browser.open("/dashboard.xhtml");
      admin.awaitEnd(admin.runNow(host, "files"), LIMIT);

      seeAndRepair(browser, machine);
      findAndTag(browser, admin);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void enrol(ControlPlane controlPlane, String name) {
    controlPlane
        .api()
        .post(
            "/api/v1/enrolments",
            Json.createObjectBuilder()
                .add("token", controlPlane.admin().newEnrolmentToken())
                .add("hostname", name)
                .add("os", "linux")
                .add("arch", "amd64")
                .build())
        .expect(201);
  }

  /** Two clicks: on the button, and back to see that it has helped. */
  private static void seeAndRepair(Browser browser, AgentHost machine) {
    Page page = browser.page();
    // the page finds it by itself
    Locator concern =
        page.locator(
            "#concerns li", new Page.LocatorOptions().setHasText("Backup of files failed"));
    assertThat(concern).isVisible(within(15));
    assertThat(page.locator("#fleet h1")).containsText("1 of 2 hosts needs you");
    assertThat(concern).containsText("none of the paths exists");
    browser.assertFitsNarrowScreen();
    page.click("#day-failed");
    page.waitForURL("**/jobs.xhtml?status=failed&since=day");
    assertThat(page.locator("#jobs-table tbody tr")).containsText("Backup of files");
    page.locator("#jobs-table td a", new Page.LocatorOptions().setHasText("web")).click();
    page.locator("#host-health a").click();
    assertThat(page.locator("#job-error")).containsText("none of the paths exists");
    browser.open("/dashboard.xhtml");

    SourceFiles.large(machine.newFolder("source").resolve("file"), 1, 1);
    concern.getByRole(AriaRole.BUTTON).click();
    page.waitForURL("**/job.xhtml?id=*");
    assertThat(page.locator("#job-status"))
        .hasText("Succeeded", new LocatorAssertions.HasTextOptions().setTimeout(30_000));
    page.locator("nav a", new Page.LocatorOptions().setHasText("Overview")).click();
    assertThat(page.locator("#fleet h1")).containsText("1 of 2 hosts is protected");
    assertThat(page.locator("#concerns")).not().containsText("failed");
    // hosts of which nothing was heard are judged every half minute
    assertThat(page.locator("#concerns"))
        .containsText("The agent has never connected", containedWithin(60));
    page.locator(".day-table summary").click();
    assertThat(page.locator(".day-table tbody tr")).hasCount(24);
    page.locator(".tile", new Page.LocatorOptions().setHasText("Unknown")).click();
    page.waitForURL("**/hosts.xhtml?health=unknown");
  }

  private static void findAndTag(Browser browser, Admin admin) {
    Page page = browser.page();
    Locator rows = page.locator("#hosts-table tbody tr");
    assertThat(rows).hasCount(1);
    assertThat(rows.first()).containsText("mail");
    page.selectOption("#health", "");
    assertThat(rows).hasCount(2);
    page.fill("#q", "WE");
    page.click("#show");
    assertThat(rows).hasCount(1);
    assertThat(page.locator("#hosts")).containsText("1 to 1 of 1");
    page.locator("#filter a").click();
    page.selectOption("#sort", "urgency");
    assertThat(rows.first()).containsText("mail");

    assertThat(page.locator("#bulk-run")).isDisabled();
    page.check("#choose-all");
    assertThat(page.locator("#bulk-count")).hasText("2 chosen");
    page.click("#bulk-tag");
    assertThat(page.locator("#bulk-tag-dialog .chosen-count")).hasText("2 chosen");
    page.fill("#bulk-tag-name", "Not a tag");
    page.click("#bulk-tag-add");
    assertThat(page.locator("#bulk-outcome")).containsText("Done on 0 of 2 hosts");
    page.click("#bulk-tag");
    page.fill("#bulk-tag-name", "berlin");
    page.click("#bulk-tag-add");
    assertThat(page.locator("#bulk-outcome")).containsText("Done on 2 of 2 hosts");
    assertThat(rows.first()).containsText("berlin", containedWithin(15));
    // rows that are renewed stay ticked
    assertThat(page.locator("#bulk-count")).hasText("2 chosen");

    page.click("#bulk-connect");
    assertThat(page.locator("#bulk-connect-dialog .chosen-count")).hasText("2 chosen");
    page.selectOption("#bulk-repository", new SelectOption().setLabel("nas"));
    browser.takePictures("hosts-connect");
    browser.assertFitsNarrowScreen();
    page.click("#bulk-connect-yes");
    assertThat(page.locator("#bulk-outcome")).containsText("Done on 2 of 2 hosts");
    assertThat(page.locator("#bulk-outcome")).containsText("is connected");

    page.click("#bulk-disable");
    assertThat(page.locator("#bulk-disable-dialog .chosen-count")).hasText("2 chosen");
    page.click("#bulk-disable-yes");
    assertThat(page.locator("#bulk-outcome")).containsText("its schedule is off");
    assertThat(page.locator("#bulk-outcome")).containsText("it has no schedules");
    String web = admin.hostNamed("web").getString("id");
    assertThat(admin.schedule(web, "nightly").getBoolean("enabled")).isFalse();
    page.click("#bulk-enable");
    page.click("#bulk-enable-yes");
    assertThat(page.locator("#bulk-outcome")).containsText("its schedule is on");
    assertThat(admin.schedule(web, "nightly").getBoolean("enabled")).isTrue();

    page.click("#bulk-run");
    page.click("#bulk-run-yes");
    assertThat(page.locator("#bulk-outcome")).containsText("Done on 1 of 2 hosts");
    assertThat(page.locator("#bulk-outcome")).containsText("nothing is chosen for backup");
    browser.assertFitsNarrowScreen();
    browser.open("/hosts.xhtml?tag=berlin&q=web");
    assertThat(rows).hasCount(1);
    admin.awaitIdle(web);
  }

  private static LocatorAssertions.IsVisibleOptions within(int seconds) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1000);
  }

  private static LocatorAssertions.ContainsTextOptions containedWithin(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1000);
  }
}
