package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.SelectOption;
import jakarta.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** Repositories as a person sees and edits them. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class RepositoriesInBrowserTest {

  @Test
  void personAddsEditsAndRemovesARepository(ControlPlane controlPlane) {
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      page.locator("nav a", named("Repositories")).click();
      page.click("#add-repository");
      page.fill("#name", "offsite");
      page.fill("#url", "rest:https://user:secret@backup.example/offsite");
      page.click("#save");
      assertThat(page.locator(".ui-message-error")).containsText("Must not carry a password");
      browser.assertFitsNarrowScreen();
      page.fill("#url", "rest:https://backup.example/offsite");
      page.fill("#password", "only restic knows");
      page.fill("#username", "web-1");
      page.fill("#credential", "at the door");
      browser.takePictures("repository-edit");
      page.click("#save");

      page.waitForURL("**/repository.xhtml?id=*");
      assertThat(page.locator("#repository-state")).hasText("Not created yet");
      assertThat(page.locator("#repository-head"))
          .containsText("No admin credentials: prune cannot run");
      Locator slots = page.locator("#credentials-table tbody tr");
      assertThat(slots.nth(0)).containsText("password, user, key");
      assertThat(slots.nth(1)).containsText("Nothing");

      slots.nth(1).locator("a.button").click();
      page.fill("#environment", "LD_PRELOAD=/tmp/x.so");
      page.click("#save");
      assertThat(page.locator(".ui-message-error")).containsText("restic knows");
      page.fill("#environment", "");
      page.fill("#url", "rest:https://admin.example/offsite");
      browser.takePictures("repository-credentials");
      browser.assertFitsNarrowScreen();
      page.click("#save");

      page.waitForURL("**/repository.xhtml?id=*");
      assertThat(slots.nth(1)).containsText("everyday password");
      assertThat(slots.nth(1)).containsText("rest:https://admin.example/offsite");
      assertThat(page.locator("#repository-head")).not().containsText("cannot run");
      assertThat(page.content()).doesNotContain("only restic knows", "at the door", "web-1");

      page.click("#edit");
      page.fill("#name", "offsite, renamed");
      page.click("#save");
      assertThat(page.locator("h1")).hasText("offsite, renamed");

      slots.nth(1).locator("button").click();
      browser.takePictures("repository-confirm");
      browser.assertFitsNarrowScreen();
      browser.decline("Remove the admin credentials?");
      assertThat(slots.nth(1)).containsText("everyday password");
      slots.nth(1).locator("button").click();
      browser.confirm("Remove the admin credentials?");
      assertThat(slots.nth(1)).containsText("Nothing");

      page.click("#remove");
      page.click("#remove-yes");
      page.waitForURL("**/repositories.xhtml");
      assertThat(page.locator("#repositories")).not().containsText("offsite");
      assertThat(browser.troubles()).isEmpty();
    }
  }

  @Test
  void personSeesHowARepositoryIsAndHasItPruned(ControlPlane controlPlane) {
    Enrolled machine = Peer.ready(controlPlane, "pruned-by-hand", "files");
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.open("/repositories.xhtml");
      browser.takePictures("repositories");
      browser.assertFitsNarrowScreen();
      // the page on which it is, however many others there are
      browser.open("/repositories.xhtml?after=pruned-");
      page.locator("#repositories a.row-link", named("pruned-by-hand")).click();
      assertThat(page.locator("#repository-state")).hasText("Cannot be pruned");
      Locator prune = page.getByLabel("Run now: Prune");
      assertThat(prune).isDisabled();
      page.click("#remove");
      page.click("#remove-yes");
      assertThat(page.locator("#messages")).containsText("pruned-by-hand");

      page.locator("#credentials-table tbody tr").nth(1).locator("a.button").click();
      page.click("#save");
      page.waitForURL("**/repository.xhtml?id=*");
      assertThat(page.locator("#repository-state")).hasText("Ready");
      String repositoryPage = page.url();
      try (Peer peer = machine.hello("ack")) {
        assertThat(prune).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(15_000));
        prune.click();
        String job = peer.awaitCommand(command -> command.getString("kind").equals("prune"));
        peer.start(job);
        peer.finish(job, "succeeded", 0);
        browser.openJob(job);
        assertThat(page.locator("#job-status")).hasText("Succeeded");
        peer.say(
            "repo.stats",
            Json.createObjectBuilder()
                .add("raw_size_bytes", 1 << 20)
                .add("total_size_bytes", 5 << 20)
                .add("snapshot_count", 7)
                .add("lock_present", true)
                .add("last_prune_at", Instant.now().toString())
                .add("last_prune_freed_bytes", 2 << 20));
        browser.open(repositoryPage);
        assertThat(page.locator("#repository-head"))
            .containsText(
                "5 times",
                // what the agent has said may arrive after the page, which renews itself
                new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        Locator days = page.locator("#history-table tbody tr");
        assertThat(days).hasCount(1);
        assertThat(days).containsText("2\u00a0MiB");
        assertThat(page.locator("#coverage")).hasText("No check has read any of the data yet.");
        assertThat(page.locator("#access-nobody")).isVisible();
        assertThat(page.locator("#access")).containsText("restic’s lock was seen");
        browser.takePictures("repository");
        browser.assertFitsNarrowScreen();
        page.click("#unlock");
        String unlock = peer.awaitCommand(command -> command.getString("kind").equals("unlock"));
        peer.start(unlock);
        peer.finish(unlock, "succeeded", 0);
      }
      assertThat(browser.troubles()).isEmpty();
    }
  }

  @Test
  void personLeadsAHostToAnotherRepository(ControlPlane controlPlane) {
    Enrolled machine = Peer.ready(controlPlane, "leaves-its-repository", "files");
    controlPlane.admin().addRepository("another-one", "/srv/another-one", Secrets.random());
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.openHost(machine.host());
      assertThat(page.locator("#connection")).hasText("");
      page.click(".change-repository");
      assertThat(page.locator("#other-repository")).isVisible();
      assertThat(page.locator("#change-dialog")).containsText("its snapshots stay");
      browser.takePictures("host-change-repository");
      browser.assertFitsNarrowScreen();
      page.click("#change-yes");
      assertThat(page.locator("#change-messages")).containsText("Choose a repository first.");
      page.selectOption("#other-repository", new SelectOption().setLabel("another-one"));
      page.click("#change-yes");

      assertThat(page.locator("#change-dialog")).isHidden();
      assertThat(page.locator("#host-facts")).containsText("/srv/another-one");
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
