package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.SelectOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person whose browser asks for German does the daily work in German, refusals included. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class GermanInBrowserTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void personBacksUpAHostInGerman(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (AgentHost machine = new AgentHost("gesichert", Project.newestRestic());
        Browser browser = Browser.inGerman(controlPlane)) {
      String host = machine.join(controlPlane);
      admin.connect(
          host,
          admin.addRepository(
              machine.name(), machine.folder().resolve("repository").toString(), "password"));

      refusesTheWrongPassword(browser);
      browser.signIn();
      browser.openHost(host);
      assertThat(browser.page().locator("h2").first()).hasText("Quellgruppen");
      addSourceGroup(browser, machine.newFolder("quelle").toString());
      addSchedule(browser);
      runNow(browser);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  @Test
  void whoChoosesALanguageKeepsItInTheBrowser(ControlPlane controlPlane) {
    try (Browser browser = new Browser(controlPlane)) {
      Page page = browser.page();
      browser.signIn();
      browser.open("/account.xhtml");
      assertThat(page.locator("h1")).hasText("Your account");
      page.selectOption("#language", "de");
      page.click("#choose-language");
      assertThat(page.locator("h1")).hasText("Ihr Konto");
      assertThat(page.locator("#language option:checked")).hasText("Deutsch");

      page.click("#sign-out");
      assertThat(page.locator("h1")).hasText("Anmelden");
      browser.signIn();
      browser.open("/account.xhtml");
      page.selectOption("#language", new SelectOption().setIndex(0));
      page.click("#choose-language");
      assertThat(page.locator("h1")).hasText("Your account");
    }
  }

  private static void refusesTheWrongPassword(Browser browser) {
    browser.open("/sign-in.xhtml");
    Page page = browser.page();
    page.click("#sign-in");
    assertThat(page.locator(".ui-message-error").first()).hasText("Geben Sie Ihren Namen ein.");
    page.fill("#name", "niemand");
    page.fill("#password", "falsch");
    page.click("#sign-in");
    assertThat(page.locator("#messages")).hasText("Name oder Passwort ist falsch.");
  }

  private static void addSourceGroup(Browser browser, String source) {
    Page page = browser.page();
    page.click("#add-group");
    page.fill("#name", "Dateien");
    page.fill("#includes", "quelle");
    page.fill("#floorBytes", "viel");
    page.click("#save");
    assertThat(field(page, "includes"))
        .hasText("Darf nur absolute Pfade enthalten, anders als „quelle“.");
    page.fill("#includes", source);
    page.click("#save");
    assertThat(field(page, "floorBytes")).hasText("Muss eine Größe sein, etwa „500 MiB“.");
    page.fill("#floorBytes", "");
    page.click("#save");
    page.waitForURL("**/host.xhtml?id=*");
  }

  private static void addSchedule(Browser browser) {
    Page page = browser.page();
    page.click("#add-schedule");
    page.fill("#name", "werktags");
    page.fill("#cron", "0 4 30 2 *");
    assertThat(page.locator("#next-runs"))
        .containsText("„0 4 30 2 *“ wird nie fällig: Einen solchen Tag gibt es nicht.");
    page.fill("#cron", "30 4 * * 1-5");
    assertThat(page.locator("#next-runs")).containsText("Montag bis Freitag um 04:30 Uhr");
    page.click("#save");
    page.waitForURL("**/host.xhtml?id=*");
    assertThat(page.locator("#schedules-table")).containsText("Montag bis Freitag um 04:30 Uhr");
  }

  private static void runNow(Browser browser) {
    Page page = browser.page();
    page.locator("#groups-table button").first().click();
    page.waitForURL("**/job.xhtml?id=*");
    assertThat(page.locator("h1")).hasText("Sicherung von Dateien");
    assertThat(page.locator(".page-title"))
        .containsText(
            "Erfolgreich",
            new LocatorAssertions.ContainsTextOptions().setTimeout(LIMIT.toMillis()));
    assertThat(page.locator(".phases")).containsText("Snapshot schreiben");
  }

  private static Locator field(Page page, String input) {
    return page.locator(".field:has([id='" + input + "']) .ui-message-error");
  }
}
