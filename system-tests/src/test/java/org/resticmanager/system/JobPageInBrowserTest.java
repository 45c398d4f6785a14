package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person finds out why a job failed, and goes to where that is mended. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class JobPageInBrowserTest {

  private static final String GROUP = "files";
  private static final String TARGET = "#log-part li:target";

  @Test
  void personFollowsALogFindsALineInItAndMendsAWrongPassword(ControlPlane controlPlane) {
    try (RawAgent agent = RawAgent.enrol(controlPlane, "read-in-browser", GROUP).connect("ack");
        Browser browser = new Browser(controlPlane)) {
      String job = agent.beginBackup(GROUP);
      agent.logRange(job, 1, 1200);
      agent.awaitConfirmed(job, 1200);
      browser.signIn();
      browser.openJob(job);
      Page page = browser.page();
      assertThat(page.locator(".phase-now")).containsText("Opening the repository");
      assertThat(page.locator("#job-log li")).hasCount(500);
      agent.line(job, 1201, "Fatal: wrong password or no key found");
      assertThat(page.locator("#line-1201")).containsText("wrong password", soon());

      findALine(browser);
      end(agent, job);
      browser.openJob(job);
      assertThat(page.locator(".phase-stopped")).containsText("Opening the repository");
      assertThat(page.locator("#job-head")).containsText("The repository’s password is wrong");
      browser.takePictures("job-failed");
      browser.assertFitsNarrowScreen();
      page.click("#next-step");
      page.waitForURL("**/repository-credentials.xhtml?id=*&slot=repo");
      assertThat(page.locator("#password")).isVisible();
      assertThat(browser.troubles()).isEmpty();
    }
  }

  @Test
  void pageOfARunningBackupNamesTheFileThatIsRead(ControlPlane controlPlane) {
    try (RawAgent agent =
            RawAgent.enrol(controlPlane, "reads-a-file", GROUP).connect("ack", "current_file");
        Browser browser = new Browser(controlPlane)) {
      String job = agent.beginBackup(GROUP);
      reading(agent, job, "/srv/a");
      browser.signIn();
      browser.openJob(job);
      Locator file = browser.page().locator("[data-live='file']");
      assertThat(file).hasText("/srv/a", soonAll());
      reading(agent, job, "/srv/<b>\n" + "long/".repeat(60));
      assertThat(file).containsText("/srv/<b>␊long/", soon());
      browser.takePictures("job-running");
      browser.assertFitsNarrowScreen();
      agent.finish(job);
      assertThat(file).hasText("–", soonAll());
      assertThat(browser.troubles()).isEmpty();
    }
  }

  private static void reading(RawAgent agent, String job, String file) {
    agent.send(
        "job.progress",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("percent_done", 0.5)
            .add("files_done", 1)
            .add("total_files", 2)
            .add("current_file", file));
  }

  private static void findALine(Browser browser) {
    Page page = browser.page();
    page.fill("#find", "LINE 77");
    page.press("#find", "Enter");
    Locator lines = page.locator("#log-part li");
    assertThat(lines).hasCount(11); // 77 and 770 to 779
    assertThat(page.locator("#log-found")).containsText("11 lines are like that");
    assertThat(page.locator("#follow")).hasCount(0);

    lines.first().locator("a.log-number").click();
    assertThat(page.locator(TARGET)).containsText("line 77");
    assertThat(page.locator(TARGET)).isInViewport();
    page.click("#log-later");
    assertThat(page.locator(TARGET)).isInViewport();
    browser.takePictures("job-log-line");
    browser.assertFitsNarrowScreen();
    page.click("#log-end");
    assertThat(page.locator("#job-log li").last()).containsText("wrong password");
    page.click("#log-earlier");
    assertThat(page.locator(TARGET)).containsText("line 701");

    page.selectOption("#level", "problems");
    assertThat(page.locator("#log-found")).containsText("No line is like that");
  }

  private static void end(RawAgent agent, String job) {
    agent.send(
        "job.finished",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("status", "failed")
            .add("exit_code", 12)
            .add("error", "Fatal: wrong password or no key found")
            .add("finished_at", Instant.now().toString()));
  }

  private static LocatorAssertions.ContainsTextOptions soon() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);
  }

  private static LocatorAssertions.HasTextOptions soonAll() {
    return new LocatorAssertions.HasTextOptions().setTimeout(15_000);
  }
}
