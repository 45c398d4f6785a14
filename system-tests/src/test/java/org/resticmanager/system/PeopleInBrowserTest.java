package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People as an administrator looks after them, and as they come in themselves. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class PeopleInBrowserTest {

  private static final String PASSWORD = "four or five random words";

  @Test
  void adminAddsAPersonWhoComesInUntilDisabled(ControlPlane controlPlane) {
    try (Browser admins = new Browser(controlPlane);
        Browser persons = new Browser(controlPlane)) {
      admins.signIn();
      Page admin = admins.page();
      admin.locator("nav a", new Page.LocatorOptions().setHasText("People")).click();
      admin.click("#add-person");
      admin.click("#add-person-yes");
      assertThat(admin.locator(".ui-message-error")).hasText("Must not be empty.");
      admin.fill("#name", "Berta <b>Browser</b>");
      admin.selectOption("#role", "operator");
      admins.takePictures("people-add");
      admin.click("#add-person-yes");
      String link = admin.locator("#add-person-dialog .copy code").textContent();

      Page person = persons.page();
      persons.open(link.substring(link.indexOf("/set-password")));
      person.fill("#password", PASSWORD);
      person.fill("#password-again", PASSWORD + "!");
      assertThat(person.url()).doesNotContain("token");
      person.click("#set-password");
      assertThat(person.locator(".ui-message-error")).hasText("The two passwords differ.");
      persons.takePictures("set-password");
      persons.assertFitsNarrowScreen();
      person.fill("#password", PASSWORD);
      person.fill("#password-again", PASSWORD);
      person.click("#set-password");
      person.waitForURL("**/dashboard.xhtml");
      assertThat(person.locator(".rail-name")).hasText("Berta <b>Browser</b>");
      assertThat(person.locator(".rail-nav")).not().containsText("People");
      persons.open("/people.xhtml");
      assertThat(person.locator("#people-table")).hasCount(0);

      admins.open("/people.xhtml");
      Locator row =
          admin.locator("#people-table tbody tr", new Page.LocatorOptions().setHasText("Berta"));
      assertThat(row).containsText("Operator");
      assertThat(row).containsText("Active");
      admins.takePictures("people");
      admins.assertFitsNarrowScreen();
      row.locator("a").click();
      admin.selectOption("#role", "viewer");
      admin.fill("#hostTags", "Not a tag");
      admin.click("#change-role");
      assertThat(admin.locator(".ui-message-error")).containsText("small letters");
      admin.fill("#hostTags", "team-berta, berlin");
      admin.click("#change-role");
      assertThat(admin.locator("#person-role")).hasText("Viewer");
      assertThat(admin.locator("#person-hosts .tag"))
          .hasText(new String[] {"berlin", "team-berta"});

      persons.open("/hosts.xhtml");
      person.waitForURL("**/sign-in.xhtml**");
      persons.signIn("Berta <b>Browser</b>", PASSWORD);
      admin.click("#make-link");
      assertThat(admin.locator("#new-link code")).containsText("/set-password.xhtml#token=");
      admins.takePictures("person");
      admins.assertFitsNarrowScreen();
      assertThat(person.locator("#fleet")).containsText("No hosts for you yet");
      admin.click("#disable");
      assertThat(admin.locator("#person-state")).hasText("Disabled");

      // the page that is open renews itself, and so finds out
      person.waitForURL("**/sign-in.xhtml**");
      person.fill("#name", "Berta <b>Browser</b>");
      person.fill("#password", PASSWORD);
      person.click("#sign-in");
      assertThat(person.locator("#messages")).containsText("Name or password is wrong.");

      admin.click("#remove");
      admin.click("#remove-yes");
      admin.waitForURL("**/people.xhtml");
      assertThat(admin.locator("#people-table")).not().containsText("Berta");
      assertThat(admins.troubles()).isEmpty();
    }
  }

  @Test
  void personLooksAfterTheirOwnAccount(ControlPlane controlPlane) {
    String name = "Carl Careful";
    String link = Admin.invite(controlPlane, name, "viewer");
    try (Browser here = new Browser(controlPlane);
        Browser there = new Browser(controlPlane)) {
      here.open(link.substring(link.indexOf("/set-password")));
      Page page = here.page();
      page.fill("#password", PASSWORD);
      page.fill("#password-again", PASSWORD);
      page.click("#set-password");
      page.waitForURL("**/dashboard.xhtml");
      there.signIn(name, PASSWORD);

      page.click("#account");
      Locator signIns = page.locator("#sign-ins-table tbody tr");
      assertThat(signIns).hasCount(2);
      here.takePictures("account");
      here.assertFitsNarrowScreen();
      signIns.filter(new Locator.FilterOptions().setHasText("A browser")).locator("button").click();
      assertThat(signIns).hasCount(1);
      assertThat(signIns).containsText("This browser");
      there.open("/jobs.xhtml");
      there.page().waitForURL("**/sign-in.xhtml**");
      there.signIn(name, PASSWORD);

      page.click("#add-token");
      page.fill("#label", "the nightly report");
      page.fill("#expiresInDays", "x");
      page.click("#make-token");
      assertThat(page.locator("#add-token-dialog .ui-message-error"))
          .hasText("Must be a whole number.");
      page.fill("#expiresInDays", "30");
      assertThat(page.locator("#scope option")).hasCount(1);
      here.takePictures("account-token");
      page.click("#make-token");
      String token = page.locator("#add-token-dialog .copy code").textContent();
      controlPlane.api().withToken(token).get("/api/v1/hosts").expect(200);
      page.locator("#add-token-dialog .ui-dialog-titlebar-close").click();
      assertThat(page.locator("#tokens-table tbody tr")).containsText("the nightly report");
      page.locator("#tokens-table button").click();
      here.decline("Revoke this API token?");
      controlPlane.api().withToken(token).get("/api/v1/hosts").expect(200);
      page.locator("#tokens-table button").click();
      here.confirm("Revoke this API token?");
      assertThat(page.locator("#tokens-table")).hasCount(0);
      controlPlane.api().withToken(token).get("/api/v1/hosts").expect(401);

      page.fill("#currentPassword", "wrong");
      page.fill("#password", "another good password");
      page.fill("#password-again", "another good password");
      page.click("#change-password");
      assertThat(page.locator(".ui-message-error")).hasText("Is wrong.");
      page.fill("#currentPassword", PASSWORD);
      page.fill("#password", "another good password");
      page.fill("#password-again", "another good password");
      page.click("#change-password");
      assertThat(page.locator("#messages")).containsText("has been changed");
      assertThat(signIns).hasCount(1);
      there.open("/jobs.xhtml");
      there.page().waitForURL("**/sign-in.xhtml**");

      page.click("#end-all");
      page.waitForURL("**/sign-in.xhtml");
      here.signIn(name, "another good password");
      assertThat(here.troubles()).isEmpty();
    }
  }

  @Test
  void guessesByOthersDoNotKeepAPersonOffTheirOwnDevice(ControlPlane controlPlane) {
    String name = "Dora Distracted";
    String link = Admin.invite(controlPlane, name, "viewer");
    try (Browser own = new Browser(controlPlane);
        Browser others = new Browser(controlPlane)) {
      own.open(link.substring(link.indexOf("/set-password")));
      own.page().fill("#password", PASSWORD);
      own.page().fill("#password-again", PASSWORD);
      own.page().click("#set-password");
      own.page().waitForURL("**/dashboard.xhtml");
      own.page().click("#sign-out");
      own.page().waitForURL("**/sign-in.xhtml");

      others.open("/sign-in.xhtml");
      for (int i = 0; i < 5; i++) {
        guess(others.page(), name);
        assertThat(others.page().locator("#messages")).containsText("Name or password is wrong.");
      }
      // each wrong one doubles the pause: sooner or later it is longer than it takes to try again
      await("somebody is told to wait")
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ZERO)
          .pollDelay(Duration.ZERO)
          .until(
              () -> {
                guess(others.page(), name);
                return others.page().locator("#messages").textContent().contains("too many wrong");
              });

      own.signIn(name, PASSWORD);
    }
  }

  private static void guess(Page page, String name) {
    page.fill("#name", name);
    page.fill("#password", "guess");
    page.click("#sign-in");
    page.waitForLoadState();
  }

  @Test
  void personTurnsOneTimeCodesOn(ControlPlane controlPlane) {
    String name = "Emil Extra";
    String link = Admin.invite(controlPlane, name, "viewer");
    try (Browser browser = new Browser(controlPlane)) {
      browser.open(link.substring(link.indexOf("/set-password")));
      Page page = browser.page();
      page.fill("#password", PASSWORD);
      page.fill("#password-again", PASSWORD);
      page.click("#set-password");
      page.waitForURL("**/dashboard.xhtml");
      page.click("#account");
      browser.open("/second-factor.xhtml?secret=ABCDEFGH&uri=otpauth:of-somebody-else");
      assertThat(page.locator("#begin")).isVisible();
      assertThat(page.locator(".qr")).hasCount(0);
      page.click("#account");
      page.locator("main a", new Page.LocatorOptions().setHasText("Change")).click();
      page.fill("#currentPassword", "wrong");
      page.click("#begin");
      assertThat(page.locator(".ui-message-error")).hasText("Is wrong.");
      page.fill("#currentPassword", PASSWORD);
      page.click("#begin");
      Authenticator app = new Authenticator(page.locator(".copy code").textContent());
      page.fill("#totp", "12345x");
      page.click("#confirm");
      assertThat(page.locator(".ui-message-error")).containsText("not the code of this moment");
      assertThat(page.locator(".copy code")).hasText(app.secret());
      browser.takePictures("second-factor");
      browser.assertFitsNarrowScreen();
      page.fill("#totp", app.previousCode());
      page.click("#confirm");
      String recovery =
          page.locator("#recovery-codes").textContent().lines().findFirst().orElseThrow();
      browser.takePictures("second-factor-done");
      browser.assertFitsNarrowScreen();

      page.click("#sign-out");
      page.waitForURL("**/sign-in.xhtml");
      page.fill("#name", name);
      page.fill("#password", PASSWORD);
      page.click("#sign-in");
      assertThat(page.locator("#messages")).containsText("A one-time code is needed too");
      browser.takePictures("sign-in");
      page.fill("#name", name);
      page.fill("#password", PASSWORD);
      page.fill("#totp", recovery.strip());
      page.click("#sign-in");
      page.waitForURL("**/dashboard.xhtml");
      page.click("#account");
      assertThat(page.locator("#second-factor")).hasText("On");
      assertThat(browser.troubles()).isEmpty();
    }
  }
}
