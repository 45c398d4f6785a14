package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People whom the application server itself knows: here by WildFly's own file of users. */
@Tag("slow")
@Tag("wildfly")
@ExtendWith(FailureReport.class)
class ServerRealmTest {

  private final String password = "1-a" + Secrets.random();

  @Test
  void personComesInWithTheRoleThatTheServerGivesThemAndNobodyElseDoes() {
    try (ControlPlane controlPlane =
        new ControlPlane(Map.of("RESTIC_MANAGER_SERVER_REALM", "Example directory"))) {
      controlPlane.admin();
      know(controlPlane, "anna", "operator,viewer");
      know(controlPlane, "carl", "guests,agent,signed-in,fleet-operator");
      know(controlPlane, Admin.NAME, "admin");

      try (Browser browser = new Browser(controlPlane)) {
        browser.open("/jobs.xhtml");
        browser.takePictures("sign-in-realm");
        browser.assertFitsNarrowScreen();
        Page page = browser.page();
        signIn(page, "anna", password);
        page.waitForURL("**/jobs.xhtml");
        assertThat(page.locator(".rail-name")).hasText("anna");
        assertThat(page.locator(".rail-role")).hasText("Operator");
        browser.open("/account.xhtml");
        assertThat(page.locator("#comes-in-by")).hasText("Application server");
        assertThat(page.locator("#currentPassword")).hasCount(0);
        browser.open("/people.xhtml");
        assertThat(page.locator("#people-table")).hasCount(0);

        signOutEverywhere(controlPlane, "anna");
        browser.open("/jobs.xhtml");
        page.waitForURL("**/sign-in.xhtml**");

        know(controlPlane, "anna", "viewer");
        signIn(page, "anna", password);
        page.waitForURL("**/jobs.xhtml");
        assertThat(page.locator(".rail-role")).hasText("Viewer");
        page.click("#sign-out");
        page.waitForURL("**/sign-in.xhtml");
        browser.open("/jobs.xhtml");
        page.waitForURL("**/sign-in.xhtml**");
      }

      assertRefused(controlPlane, "anna", "another" + password, "wrong");
      assertRefused(controlPlane, "carl", password, "You have no role here");
      assertRefused(controlPlane, Admin.NAME, password, "Somebody else has your name");
      assertRefused(controlPlane, Admin.NAME, controlPlane.adminPassword(), "wrong");
      assertThat(controlPlane.admin().api().get("/api/v1/audit-events").expect(200).body())
          .contains("sign-in.refused", "carl")
          .doesNotContain(password);
      assertThatPasswordsOfTheServerAreNotOurs(controlPlane);
    }
  }

  private void assertThatPasswordsOfTheServerAreNotOurs(ControlPlane controlPlane) {
    controlPlane
        .api()
        .post(
            "/api/v1/sign-in",
            Json.createObjectBuilder().add("name", "anna").add("password", password).build())
        .expect(401);
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
    }
  }

  /** Adds somebody to the server's users, or changes their groups. */
  private void know(ControlPlane controlPlane, String name, String groups) {
    Path configuration = controlPlane.folder().resolve("data/server/configuration");
    Program.Ended ended =
        Program.run(
            controlPlane.folder().resolve("add-user.log"),
            Map.of(),
            List.of(
                Project.server(ServerKind.WILDFLY).resolve("bin/add-user.sh").toString(),
                "--silent",
                "-a",
                "-u",
                name,
                "-p",
                password,
                "-g",
                groups,
                "-sc",
                configuration.toString()));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  private static void signOutEverywhere(ControlPlane controlPlane, String name) {
    Api admin = controlPlane.admin().api();
    String id =
        admin.get("/api/v1/people").expect(200).json().getJsonArray("items").stream()
            .map(person -> person.asJsonObject())
            .filter(person -> person.getString("name").equals(name))
            .findFirst()
            .orElseThrow()
            .getString("id");
    admin.delete("/api/v1/people/" + id + "/sign-ins").expect(204);
  }

  private static void assertRefused(
      ControlPlane controlPlane, String name, String password, String why) {
    try (Browser browser = new Browser(controlPlane)) {
      browser.open("/sign-in.xhtml");
      signIn(browser.page(), name, password);
      assertThat(browser.page().locator("#messages")).containsText(why);
      browser.open("/hosts.xhtml");
      browser.page().waitForURL("**/sign-in.xhtml**");
    }
  }

  private static void signIn(Page page, String name, String password) {
    page.fill("#name", name);
    page.fill("#password", password);
    page.click("#sign-in-realm");
  }
}
