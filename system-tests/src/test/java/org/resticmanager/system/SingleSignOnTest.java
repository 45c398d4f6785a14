package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        browser.open("/account.xhtml");
        assertThat(page.locator("#comes-in-by")).hasText("Single sign-on");
        assertThat(page.locator("#currentPassword, #second-factor")).hasCount(0);
        browser.takePictures("account-single-sign-on");
        browser.open("/second-factor.xhtml");
        assertThat(page.locator("#second-factor-form")).containsText("your identity provider");
        assertThat(page.locator("#begin")).hasCount(0);
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
        admins.page().click("#people-table a.row-link >> text=anna");
        assertThat(admins.page().locator("#comes-in-by")).hasText("Single sign-on");
        assertThat(admins.page().locator("#role, #make-link, #second-factor")).hasCount(0);
        admins.takePictures("person-single-sign-on");
        admins.page().fill("#hostTags", "berlin");
        admins.page().click("#change-role");
        assertThat(admins.page().locator("#person-hosts")).hasText("berlin");
        assertThat(admins.page().locator("#person-role")).hasText("Operator");
        assertThat(admins.troubles()).isEmpty();
      }
      assertThat(controlPlane.admin().api().get("/api/v1/audit-events").expect(200).body())
          .contains("sign-in.refused", "carl");
    }
  }

  @Test
  void whoSignsOutThereIsSignedOutHereAtOnceAndTheOtherWayRound() {
    try (IdentityProvider provider = new IdentityProvider();
        ControlPlane controlPlane = new ControlPlane(provider.settings())) {
      provider.startFor(controlPlane);
      controlPlane.admin();
      try (Browser office = new Browser(controlPlane);
          Browser phone = new Browser(controlPlane)) {
        for (Browser browser : List.of(office, phone)) {
          browser.open("/jobs.xhtml");
          LiveInBrowserTest.awaitTold(
              browser.page(),
              () -> {
                signIn(browser.page(), "crew.anna");
                browser.page().waitForURL("**/jobs.xhtml");
              });
        }
        office.page().evaluate("PrimeFaces.widgets.poll.stop()");

        Page there =
            office
                .page()
                .waitForPopup(
                    () -> office.page().evaluate("open('" + provider.signOutAddress() + "')"));
        there.click("button[value=yes]");

        office.page().waitForURL("**/sign-in.xhtml?from=**");
        phone.open("/jobs.xhtml");
        assertThat(phone.page().locator(".rail-name")).hasText("anna");

        phone.page().click("#sign-out");
        phone.page().click("button[value=yes]");
        phone.page().waitForURL("**/sign-in.xhtml");
        phone.page().click("#single-sign-on");
        assertThat(phone.page().locator("input[name=login]")).isVisible();
      }
      assertThat(controlPlane.admin().api().get("/api/v1/audit-events").expect(200).body())
          .contains("person.signed-out");
      assertBackChannelBelievesNobody(controlPlane);
    }
  }

  private static void assertBackChannelBelievesNobody(ControlPlane controlPlane) {
    Map<String, String> anothers =
        Map.of("Origin", "https://sso.example", "Sec-Fetch-Site", "cross-site");
    for (String form : List.of("", "logout_token=a.b.c", "logout_token=" + "x".repeat(60_000))) {
      assertThat(knock(controlPlane, form, anothers)).isEqualTo(400);
    }
    assertThat(knock(controlPlane, "x".repeat(70_000), anothers)).isEqualTo(413);
  }

  private static int knock(ControlPlane controlPlane, String form, Map<String, String> headers) {
    return controlPlane
        .api()
        .send("POST", "/single-sign-on/back-channel-logout", Optional.of(form), headers)
        .status();
  }

  @Test
  @Tag("standalone")
  void settingsThatMakeNoSenseAreSaidAtTheStart() {
    try (Scratch scratch = new Scratch("no-sense")) {
      Program server =
          Program.start(
              scratch.folder().resolve("server.log"),
              Map.of(
                  "RESTIC_MANAGER_DATA_DIR", scratch.folder().resolve("data").toString(),
                  "RESTIC_MANAGER_HTTP_PORT", Integer.toString(ControlPlane.freePort()),
                  "RESTIC_MANAGER_OIDC_ISSUER", "https://sso.example",
                  "RESTIC_MANAGER_OIDC_CLIENT_ID", "restic-manager",
                  "RESTIC_MANAGER_OIDC_ROLES", "crew=root"),
              Program.java("-jar", Project.standaloneJar().toString()));
      assertThat(server.exitCode(Duration.ofMinutes(3))).isEqualTo(1);
      assertThat(server.output()).contains("restic-manager.oidc.roles").contains("root");
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
