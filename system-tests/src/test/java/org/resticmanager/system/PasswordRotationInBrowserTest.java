package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.JsonObject;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** A person has the hosts change a repository's password, and sees how it goes. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class PasswordRotationInBrowserTest {

  private static final String NAME = "rotated-by-hand";

  @Test
  void personChangesAPasswordAndDecidesWhatBecomesOfTheOldOne(ControlPlane controlPlane) {
    Enrolled machine = Peer.ready(controlPlane, NAME, "files");
    try (Browser browser = new Browser(controlPlane);
        Peer peer = machine.hello("ack", "environment", "key")) {
      peer.await1("config.update", update -> update.getString("repo_password").equals("secret"));
      browser.signIn();
      Page page = browser.page();
      browser.open("/repositories.xhtml?after=rotated-");
      page.locator("#repositories a.row-link", named(NAME)).click();
      page.locator("#credentials-table tbody tr").nth(0).locator("a.button").click();
      page.fill("#newPassword", "secret");
      page.click("#rotate");
      assertThat(page.locator("#rotation-form .ui-message-error")).containsText("the one in use");
      browser.takePictures("password-rotation-begin");
      browser.assertFitsNarrowScreen();
      page.fill("#newPassword", "the next one");
      page.click("#rotate");

      page.waitForURL("**/repository.xhtml?id=*");
      Locator notice = page.locator("#rotation");
      assertThat(notice).containsText("The password is being changed");
      String refused = awaitCommand(peer, "key_add", command -> true);
      assertThat(keyPassword(peer)).isEqualTo("the next one");
      end(peer, refused, "failed", 1, "the disk is full");
      assertThat(notice).containsText("does not get on", soon());
      assertThat(page.locator("#rotation-reason")).hasText("the disk is full");
      browser.takePictures("password-rotation");
      browser.assertFitsNarrowScreen();
      page.click(".rotation-go-on");
      String added =
          awaitCommand(peer, "key_add", command -> !command.getString("job_id").equals(refused));
      end(peer, added, "succeeded", 0, "");

      assertThat(notice).containsText("the old one is being taken out", soon());
      String removal = awaitCommand(peer, "key_remove", command -> true);
      JsonObject switched = last(peer, update -> update.getString("slot").equals("repo"));
      assertThat(switched.getString("repo_password")).isEqualTo("the next one");
      assertThat(switched.getString("key_password")).isEqualTo("secret");
      end(peer, removal, "failed", 1, "this user may not delete");
      assertThat(notice).containsText("this user may not delete", soon());
      page.click(".rotation-give-up");
      browser.confirm("Leave the old password in the repository?");
      assertThat(notice).containsText("The old password may still open the repository");
      assertThat(page.content()).doesNotContain("the next one");
      peer.await1("config.update", update -> keyPassword(peer).isEmpty());
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static String awaitCommand(Peer peer, String kind, Predicate<JsonObject> which) {
    return peer.awaitCommand(
        command -> command.getString("kind").equals(kind) && which.test(command));
  }

  private static void end(Peer peer, String job, String status, int exitCode, String error) {
    peer.start(job);
    peer.finish(job, status, exitCode, error);
  }

  private static String keyPassword(Peer peer) {
    return last(peer, update -> update.getString("slot").equals("repo")).getString("key_password");
  }

  private static JsonObject last(Peer peer, Predicate<JsonObject> which) {
    return peer.received("config.update").stream()
        .filter(which)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** The page renews itself every few seconds. */
  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
