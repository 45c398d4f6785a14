package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** What a person has typed into a form is not lost. */
@Tag("slow")
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class FormsInBrowserTest {

  @Test
  void whatWasTypedIsThereAgainAfterTheSignInHadEnded(ControlPlane controlPlane) {
    Enrolled machine = Peer.ready(controlPlane, "edited-too-long", "files");
    Somebody operator = Somebody.as(controlPlane, "operator");
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn(operator.name(), operator.password());
      Page page = browser.page();
      browser.open("/source-group.xhtml?host=" + machine.host());
      page.fill("#name", "web shop");
      page.fill("#includes", "/srv/shop");
      page.check("#oneFileSystem");
      endSignIns(controlPlane, operator);
      page.click("#save");
      signInAgain(page, operator);
      page.waitForURL("**/source-group.xhtml?host=*");
      assertThat(page.locator("[data-draft]")).containsText("What you had typed is here again");
      assertThat(page.locator("[data-draft]")).isVisible();
      assertThat(page.locator("#includes")).hasValue("/srv/shop");
      assertThat(page.locator("#oneFileSystem")).isChecked();
      browser.assertFitsNarrowScreen();
      browser.takePictures("form-again");
      page.click("#save");
      page.waitForURL("**/host.xhtml?id=*");
      assertThat(page.locator("#groups-table")).containsText("web shop");

      askedInTheBackground(browser, controlPlane, machine, operator);
      neverASecret(browser, controlPlane, operator);
      browser.open("/source-group.xhtml?host=" + machine.host());
      assertThat(page.locator("[data-draft]")).isHidden();
      assertThat(page.locator("#includes")).hasValue("");
    }
  }

  /** The form asks for the next runs while somebody types: that leads to the sign-in too. */
  private static void askedInTheBackground(
      Browser browser, ControlPlane controlPlane, Enrolled machine, Somebody operator) {
    Page page = browser.page();
    browser.open("/schedule.xhtml?host=" + machine.host());
    page.fill("#name", "nightly");
    endSignIns(controlPlane, operator);
    List<String> questions = questions(page, Dialog::accept);
    page.fill("#cron", "30 4 * * *");
    signInAgain(page, operator);
    page.waitForURL("**/schedule.xhtml?host=*");
    assertThat(questions).isEmpty();
    assertThat(page.locator("#name")).hasValue("nightly");
    assertThat(page.locator("#next-runs")).containsText("Every day at 04:30");
  }

  private static void neverASecret(Browser browser, ControlPlane controlPlane, Somebody operator) {
    Page page = browser.page();
    browser.open("/repository-edit.xhtml");
    page.fill("#name", "elsewhere");
    page.fill("#username", "half a secret");
    page.fill("#password", "a whole secret");
    assertThat(page.evaluate("JSON.stringify(sessionStorage)").toString())
        .contains("elsewhere")
        .doesNotContain("secret");
    endSignIns(controlPlane, operator);
    page.click("#save");
    signInAgain(page, operator);
    page.waitForURL("**/repository-edit.xhtml*");
    assertThat(page.locator("#name")).hasValue("elsewhere");
    assertThat(page.locator("#password")).hasValue("");
  }

  @Test
  void formWithChangesIsNotLeftWithoutAQuestion(ControlPlane controlPlane) {
    Enrolled machine = Peer.ready(controlPlane, "left-too-early", "files");
    try (Browser browser = new Browser(controlPlane)) {
      browser.signIn();
      Page page = browser.page();
      browser.open("/schedule.xhtml?host=" + machine.host());
      page.fill("#name", "nightly");
      List<String> questions = questions(page, Dialog::accept);
      page.locator(".breadcrumb a").first().click();
      page.waitForURL("**/hosts.xhtml");
      assertThat(questions).containsExactly("beforeunload");

      browser.open("/schedule.xhtml?host=" + machine.host());
      assertThat(page.locator("#name")).hasValue("");
      page.locator(".breadcrumb a").first().click();
      page.waitForURL("**/hosts.xhtml");
      assertThat(questions).as("nothing was typed, nothing is lost").hasSize(1);
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static List<String> questions(Page page, Consumer<Dialog> answer) {
    List<String> questions = new ArrayList<>();
    page.onDialog(
        dialog -> {
          questions.add(dialog.type());
          answer.accept(dialog);
        });
    return questions;
  }

  private static void endSignIns(ControlPlane controlPlane, Somebody person) {
    controlPlane.admin().api().delete("/api/v1/people/" + person.id() + "/sign-ins").expect(204);
  }

  private static void signInAgain(Page page, Somebody person) {
    page.waitForURL("**/sign-in.xhtml?from=*");
    page.fill("#name", person.name());
    page.fill("#password", person.password());
    page.click("#sign-in");
  }
}
