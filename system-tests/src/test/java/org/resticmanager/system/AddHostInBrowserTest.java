package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person adds a host by the pages, and sees it arrive. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class AddHostInBrowserTest {

  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  @Test
  void personMakesATokenAndSeesTheMachineArrive(ControlPlane controlPlane) {
    try (Browser browser = new Browser(controlPlane);
        AgentHost machine = new AgentHost("arriving", Project.newestRestic())) {
      browser.signIn();
      Page page = browser.page();
      browser.open("/hosts.xhtml");
      page.click("#add-host");
      page.fill("#label", "the machine in the corner");
      page.click("#create");

      assertThat(page.locator("#arrival")).containsText("Waiting for the machine");
      assertThat(page.locator(".steps")).containsText(controlPlane.url().getScheme() + "://");
      browser.takePictures("add-host");
      browser.assertFitsNarrowScreen();
      String token = page.locator(".steps code:has-text(\"rme_\")").innerText().strip();
      assertThat(machine.enrol(controlPlane.url(), token).exitCode()).isZero();
      assertThat(page.locator("#arrival")).containsText("arriving", SOON);
      machine.start();
      assertThat(page.locator("#arrival .state-good")).containsText("Online", SOON);
      assertThat(row(page)).containsText("Used");

      page.reload();
      assertThat(page.locator("body")).not().containsText(token);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static Locator row(Page page) {
    return page.locator(
        "#tokens-table tbody tr",
        new Page.LocatorOptions().setHasText("the machine in the corner"));
  }

  @Test
  void personCutsAHostOff(ControlPlane controlPlane) {
    Peer.Enrolled machine = Peer.Enrolled.at(controlPlane, "cut-off-by-hand");
    try (Browser browser = new Browser(controlPlane);
        Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");
      browser.signIn();
      Page page = browser.page();
      browser.openHost(machine.host());
      page.getByText("Agent access").click();
      assertThat(page.locator("#access-state")).hasText("May sign in");
      browser.takePictures("agent-access");
      browser.assertFitsNarrowScreen();
      page.click("#rotate");
      assertThat(page.locator("#access")).containsText("Wanted by admin");
      page.click("#cut-off");
      page.click("#cut-off-yes");

      assertThat(page.locator("#access-state")).hasText("Cut off");
      assertThat(peer.awaitClose()).isEqualTo(1008);
      page.click("#enrol-again");
      assertThat(page.locator(".form")).containsText("becomes this host");
      page.click("#create");
      assertThat(page.locator(".steps")).containsText(Pattern.compile("install.sh .* --replace"));
      page.click(".other-way summary");
      assertThat(page.locator(".other-way")).containsText(Pattern.compile("enrol .* --replace"));
      browser.takePictures("enrol-again");
      browser.assertFitsNarrowScreen();
      assertThat(browser.troubles()).isEmpty();
    }
  }

  @Test
  void personComparesAFingerprintAndLetsAMachineIn(ControlPlane controlPlane) {
    try (Browser browser = new Browser(controlPlane);
        AgentHost machine = new AgentHost("asking", Project.newestRestic());
        AgentHost lookAlike = new AgentHost("asking", Project.newestRestic())) {
      Program announcing = machine.announce(controlPlane.url());
      String fingerprint = fingerprint(announcing);
      String other = fingerprint(lookAlike.announce(controlPlane.url()));
      browser.signIn();
      Page page = browser.page();
      browser.open("/hosts.xhtml");
      page.click("#announced-hosts");
      assertThat(announcement(page, fingerprint)).containsText("compare the fingerprint");
      browser.takePictures("announced-hosts");
      browser.assertFitsNarrowScreen();
      announcement(page, other).getByText("Reject").click();
      assertThat(announcement(page, other)).containsText("Rejected");
      announcement(page, fingerprint).getByText("Accept").click();

      assertThat(page.locator("h1")).hasText("asking");
      assertThat(announcing.exitCode(Duration.ofSeconds(60))).isZero();
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static Locator announcement(Page page, String fingerprint) {
    return page.locator(
        "#announced-table tbody tr", new Page.LocatorOptions().setHasText(fingerprint));
  }

  private static String fingerprint(Program announcing) {
    await("the fingerprint")
        .atMost(Duration.ofSeconds(60))
        .until(() -> announcing.output().contains("waiting until"));
    return announcing.output().replaceFirst("(?s).*fingerprint: (\\S+).*", "$1");
  }

  @Test
  void personRevokesAToken(ControlPlane controlPlane) {
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.open("/add-host.xhtml");
      page.fill("#label", "the machine in the corner");
      page.click("#create");
      row(page).first().getByText("Revoke").click();

      assertThat(page.locator("#arrival")).containsText("Revoked");
      assertThat(row(page).first()).containsText("Revoked");
      assertThat(browser.troubles()).isEmpty();
    }
  }
}
