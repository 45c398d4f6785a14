package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Single sign-on as people see it, by a real identity provider. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class SingleSignOnTest {

  @Test
  void personComesInWithTheRoleOfTheirGroupAndNobodyElseDoes() {
    try (IdentityProvider provider = new IdentityProvider();
        ControlPlane controlPlane = new ControlPlane(provider.settings())) {
      provider.startFor(controlPlane);
      controlPlane.admin();

      try (Browser browser = new Browser(controlPlane)) {
        browser.open("/jobs.xhtml");
        browser.takePictures("sign-in-single-sign-on");
        browser.assertFitsNarrowScreen();
        Page page = browser.page();
        signIn(page, "crew.anna");
        page.waitForURL("**/jobs.xhtml");
        assertThat(page.locator(".rail-name")).hasText("anna");
        assertThat(page.locator(".rail-role")).hasText("Operator");
        browser.open("/people.xhtml");
        assertThat(page.locator("#people-table")).hasCount(0);
      }

      assertRefused(controlPlane, "guests.carl", "None of your groups");
      assertRefused(controlPlane, "admins." + Admin.NAME, "takes over nobody's account");
      assertRefused(controlPlane, "admins.anna", "takes over nobody's account");

      try (Browser admins = new Browser(controlPlane)) {
        admins.signIn();
        admins.open("/people.xhtml");
        assertThat(
                admins
                    .page()
                    .locator("#people-table tbody tr")
                    .filter(new Locator.FilterOptions().setHasText("anna")))
            .containsText("Single sign-on");
        assertThat(admins.page().locator("#people-table")).not().containsText("carl");
        assertThat(admins.troubles()).isEmpty();
      }
      assertThat(controlPlane.admin().api().get("/api/v1/audit-events").expect(200).body())
          .contains("sign-in.refused", "carl");
    }
  }

  private static void assertRefused(ControlPlane controlPlane, String account, String why) {
    try (Browser browser = new Browser(controlPlane)) {
      browser.open("/sign-in.xhtml");
      signIn(browser.page(), account);
      browser.page().waitForURL("**/sign-in.xhtml?refused=*");
      assertThat(browser.page().locator("#refused")).containsText(why);
      browser.takePictures("sign-in-refused");
      browser.open("/hosts.xhtml");
      browser.page().waitForURL("**/sign-in.xhtml**");
    }
  }

  /** At the provider: name, any password, and yes to what we want to know. */
  private static void signIn(Page page, String account) {
    page.click("#single-sign-on");
    page.fill("input[name=login]", account);
    page.fill("input[name=password]", "any");
    page.click("button[type=submit]");
    page.locator("input[name=prompt][value=consent]")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
    page.click("button[type=submit]");
  }
}
