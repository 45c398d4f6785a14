package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a person sees and changes the maintenance of a repository. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class MaintenanceInBrowserTest {

  private static final String GROUP = "photos";
  private static final double LIMIT = 60_000;

  @Test
  void personEditsThePlanAndConfirmsAForgetThatWasRefused(ControlPlane controlPlane)
      throws Exception {
    Admin admin = controlPlane.admin();
    try (Browser browser = new Browser(controlPlane);
        AgentHost machine = new AgentHost("cared-for", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      Path source = machine.newFolder("source");
      Files.writeString(source.resolve("file"), "content");
      Path folder = machine.folder().resolve("repository");
      String password = Secrets.random();
      String id = admin.addRepository("cared-for", folder.toString(), password);
      admin.connect(host, id);
      admin.awaitInit(host);
      admin.putSourceGroup(
          host,
          GROUP,
          Admin.covering(List.of(source.toString()))
              .add("retention", Json.createObjectBuilder().add("keepLast", 2))
              .build());
      Restic.Repository repository = Project.newestRestic().repository(folder, password);
      for (int day = 1; day <= 6; day++) {
        repository.backUp(
            source, machine.name(), GROUP, LocalDateTime.now(ZoneOffset.UTC).minusDays(day));
      }
      admin.awaitEnd(admin.runNow(host, GROUP), Duration.ofMinutes(1));

      browser.signIn();
      Page page = browser.page();
      browser.open("/repository.xhtml?id=" + id);
      Locator rows = page.locator("#maintenance-table tbody tr");
      assertThat(rows).hasCount(4);
      assertThat(rows.nth(0)).containsText("Every day at 03:00");
      assertThat(rows.nth(1)).containsText("No admin credentials");
      assertThat(rows.nth(2)).containsText("part 1 of 20");
      assertThat(page.getByLabel("Run now: Prune")).isDisabled();

      page.click("#edit-maintenance");
      page.fill("#check-cron", "0 5 31 2 *");
      page.click("#save");
      assertThat(page.locator(".field:has(#check-cron) .ui-message-error"))
          .containsText("never fires");
      browser.assertFitsNarrowScreen();
      browser.takePictures("maintenance-edit");
      page.fill("#check-cron", "30 6 * * 1");
      page.fill("#check-zone", "Europe/Berlin");
      page.uncheck("#prune-enabled");
      page.click("#save");
      page.waitForURL("**/repository.xhtml?id=*");
      assertThat(rows.nth(1)).containsText("Off");
      assertThat(rows.nth(2)).containsText("Every Monday at 06:30");
      assertThat(rows.nth(2)).containsText("Europe/Berlin");

      page.getByLabel("Run now: Forget").click();
      assertThat(page.locator(".forget-refusal"))
          .containsText("5 of its 7 snapshots would go", within());
      browser.takePictures("maintenance");
      browser.assertFitsNarrowScreen();
      assertThat(repository.count(machine.name(), GROUP)).isEqualTo(7);
      seePreview(browser, host);

      browser.open("/repository.xhtml?id=" + id);
      page.click(".confirm-forget");
      page.click("#confirm-forget-yes");
      assertThat(page.locator(".forget-refusal")).hasCount(0, gone());
      assertThat(rows.nth(0)).containsText("Succeeded", within());
      assertThat(repository.count(machine.name(), GROUP)).isEqualTo(2);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void seePreview(Browser browser, String host) {
    Page page = browser.page();
    browser.openHost(host);
    page.locator("#groups-table a", new Page.LocatorOptions().setHasText("Retention preview"))
        .click();
    assertThat(page.locator("#retention-summary")).containsText("keep 2 and remove 5");
    Locator rows = page.locator("#retention-table tbody tr");
    assertThat(rows).hasCount(7);
    assertThat(rows.nth(0)).containsText("Stays");
    assertThat(rows.nth(0)).containsText("last snapshot");
    assertThat(rows.nth(6)).containsText("Goes");
    assertThat(page.locator(".axis-key")).hasCount(2);
    browser.takePictures("retention-preview");
    browser.assertFitsNarrowScreen();

    browser.open("/source-group.xhtml?host=" + host + "&group=" + GROUP);
    assertThat(page.locator("#retention-summary")).containsText("keep 2 and remove 5");
    page.fill("#keepLast", "4");
    page.click("#preview");
    assertThat(page.locator("#retention-summary")).containsText("keep 4 and remove 3");
    page.fill("#keepWithin", "a while");
    page.click("#preview");
    assertThat(page.locator(".field:has(#keepWithin) .ui-message-error"))
        .containsText("years, months, days and hours");
  }

  private static LocatorAssertions.ContainsTextOptions within() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(LIMIT);
  }

  private static LocatorAssertions.HasCountOptions gone() {
    return new LocatorAssertions.HasCountOptions().setTimeout(LIMIT);
  }
}
