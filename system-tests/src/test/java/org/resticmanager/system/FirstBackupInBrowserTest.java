package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newcomer sees, from the set-up link to the first snapshot. */
@ExtendWith(FailureReport.class)
class FirstBackupInBrowserTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String GROUP = "photos";
  private static final String MARK = "window.openedOnce";
  private static final String COLLECT_PERCENTS =
      "() => { window.percents = [];"
          + " const add = () => document.querySelectorAll('#job-progress')"
          + ".forEach(bar => window.percents.push(bar.getAttribute('aria-valuenow')));"
          + " new MutationObserver(add)"
          + ".observe(document, { attributes: true, childList: true, subtree: true });"
          + " add(); }";

  @Test
  void personSeesTheFirstBackupHappen() {
    try (ControlPlane controlPlane = new ControlPlane();
        Browser browser = new Browser(controlPlane)) {
      setUp(controlPlane, browser);
      Page page = browser.page();
      assertThat(page.locator("#hosts")).containsText("No hosts yet");
      browser.assertFitsNarrowScreen();

      try (AgentHost machine = new AgentHost("laptop", Project.newestRestic())) {
        String host = machine.join(controlPlane);
        // the page finds it by itself
        Locator link = page.locator("#hosts a.row-link", text("laptop"));
        assertThat(link).isVisible(within(Duration.ofSeconds(15)));
        choose(controlPlane.admin(), host, machine);
        browser.takePictures("hosts");

        link.click();
        assertThat(page.locator("#host-state")).hasText("Online");
        connect(browser, machine);
        browser.assertFitsNarrowScreen();
        readWhatComesInPieces(page);
        Locator runNow = page.getByLabel("Run now: " + GROUP);
        assertThat(runNow).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(15_000));
        runNow.click();

        page.waitForURL("**/job.xhtml?id=*");
        watchToTheEnd(browser);

        page.locator("nav a", text("laptop")).click();
        assertThat(page.locator("#snapshots-table tbody tr")).hasCount(1);
        browser.takePictures("host");
        browser.assertFitsNarrowScreen();
        findAmongAllJobs(browser);
        pressBeforeThePageIsWhole(browser, host);
        signOut(page);
        assertThat(browser.troubles()).isEmpty();
      }
    }
  }

  private static void setUp(ControlPlane controlPlane, Browser browser) {
    Page page = browser.page();
    browser.open("/set-up.xhtml#token=" + controlPlane.setUpToken());
    browser.takePictures("set-up");
    page.fill("#name", Admin.NAME);
    page.fill("#password", controlPlane.adminPassword());
    page.fill("#password-again", controlPlane.adminPassword());
    page.click("#set-up");
    page.waitForURL("**/hosts.xhtml");
    controlPlane.adminWasMade();
  }

  private static void choose(Admin admin, String host, AgentHost machine) {
    Path source = machine.newFolder("photos");
    for (int i = 0; i < 6; i++) {
      SourceFiles.large(source.resolve("holiday-" + i + ".raw"), 100, i);
    }
    admin.putSourceGroup(host, GROUP, List.of(source.toString()));
  }

  /** Without a repository nothing is backed up: the page of the host leads all the way to one. */
  private static void connect(Browser browser, AgentHost machine) {
    Page page = browser.page();
    Locator notice = page.locator("#connection");
    assertThat(notice).containsText("No repository is connected");
    browser.assertFitsNarrowScreen();
    notice.locator("a", named("Add repository")).click();
    page.fill("#name", "nas");
    page.fill("#url", machine.folder().resolve("repository").toString());
    page.fill("#password", Secrets.random());
    page.click("#save");

    page.waitForURL("**/repository.xhtml?id=*");
    assertThat(page.locator("#hosts")).containsText("No host backs up here yet");
    page.locator("#hosts a").click();
    page.locator("#hosts a.row-link", text("laptop")).click();
    assertThat(page.locator("#repository option")).hasText(new String[] {"nas"});
    browser.takePictures("host-connect");
    browser.assertFitsNarrowScreen();
    notice.getByRole(AriaRole.BUTTON).click();
    assertThat(page.locator("#host-facts")).containsText("nas");
    assertThat(notice).not().containsText("No repository is connected");
  }

  /** A slow line can bring a moment's element before its text. */
  private static void readWhatComesInPieces(Page page) {
    Object shown =
        page.evaluate(
            "async () => { const time = document.createElement('time');"
                + " time.className = 'moment'; time.dateTime = new Date().toISOString();"
                + " document.body.append(time); await null;"
                + " time.append('2026-11-25 17:54:47 UTC'); await null;"
                + " time.remove(); return time.textContent; }");
    assertThat(shown).isEqualTo("now");
  }

  /** No reload: the mark that is set in the page is there at the end. */
  private static void watchToTheEnd(Browser browser) {
    Page page = browser.page();
    page.evaluate(MARK + " = true");
    page.evaluate(COLLECT_PERCENTS);
    Locator status = page.locator("#job-status");
    TreeSet<Integer> logLines = new TreeSet<>();
    boolean[] pictured = {false};
    await("the end of the job in the browser")
        .atMost(LIMIT)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              logLines.add(page.locator("#job-log li").count());
              if (!pictured[0] && percent(page) > 20) {
                pictured[0] = true;
                browser.takePictures("job-running");
              }
              return status.innerText().strip().equals("Succeeded");
            });
    logLines.add(page.locator("#job-log li").count());

    assertThat(percents(page))
        .as("percents that the bar showed")
        .contains(100)
        .anyMatch(percent -> percent > 0 && percent < 100);
    assertThat(logLines).as("lengths that the log had").hasSizeGreaterThan(1);
    assertThat(page.evaluate(MARK)).as("the page was never loaded anew").isEqualTo(true);
    assertThat(page.locator("#job-error")).hasCount(0);
    assertThat(browser.text("#job-snapshot")).matches("[0-9a-f]{8,64}");
    browser.takePictures("job-succeeded");
    browser.assertFitsNarrowScreen();
  }

  private static void findAmongAllJobs(Browser browser) {
    Page page = browser.page();
    page.locator("nav a", text("Jobs")).click();
    Locator rows = page.locator("#jobs-table tbody tr");
    assertThat(rows).hasCount(2);
    assertThat(rows.first()).containsText("Backup of " + GROUP);
    assertThat(rows.first()).containsText("laptop");
    browser.takePictures("jobs");
    browser.assertFitsNarrowScreen();

    assertThat(page.locator("#kind option[value=restore]")).hasCount(0);
    page.selectOption("#kind", "init");
    page.waitForURL("**/jobs.xhtml?kind=init");
    assertThat(rows).hasCount(1);
    assertThat(rows.first()).containsText("Creation of the repository");
    page.selectOption("#status", "failed");
    page.waitForURL("**/jobs.xhtml?kind=init&status=failed");
    assertThat(page.locator("#jobs")).containsText("No such jobs");
    page.locator("#filter a", text("Show all")).click();
    assertThat(rows).hasCount(2);
    page.fill("#host", "nobody's host");
    page.click("#show");
    assertThat(page.locator("#jobs")).containsText("There is no host of this name");
    page.fill("#host", "laptop");
    page.click("#show");
    assertThat(rows).hasCount(2);

    rows.first().locator("a.row-link").click();
    Download text = page.waitForDownload(() -> page.click("#log-text"));
    assertThat(text.suggestedFilename()).endsWith(".log.txt");
    assertThat(text.path()).content().contains("snapshot");
  }

  /** A button that is there but not yet connected to its script must not lead to an error. */
  private static void pressBeforeThePageIsWhole(Browser browser, String host) {
    Page page = browser.page();
    page.addInitScript(
        "if (location.pathname.endsWith('/host.xhtml')) {"
            + " const observer = new MutationObserver(() => {"
            + " const run = document.querySelector('#groups button');"
            + " if (run) { observer.disconnect(); run.click(); } });"
            + " observer.observe(document, { childList: true, subtree: true }); }");
    browser.open("/host.xhtml?id=" + host);
    page.waitForURL("**/job.xhtml?id=*");
    assertThat(page.locator("#job-status")).hasText("Succeeded", within30Seconds());
  }

  private static LocatorAssertions.HasTextOptions within30Seconds() {
    return new LocatorAssertions.HasTextOptions().setTimeout(30_000);
  }

  private static Set<Integer> percents(Page page) {
    return ((List<?>) page.evaluate("window.percents"))
        .stream().map(percent -> Integer.valueOf((String) percent)).collect(Collectors.toSet());
  }

  private static int percent(Page page) {
    return Integer.parseInt(page.locator("#job-progress").getAttribute("aria-valuenow"));
  }

  private static void signOut(Page page) {
    page.click("#sign-out");
    page.waitForURL("**/sign-in.xhtml*");
    page.navigate(page.url().replaceFirst("/sign-in.*", "/hosts.xhtml"));
    page.waitForURL("**/sign-in.xhtml*");
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Locator.LocatorOptions named(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  private static LocatorAssertions.IsVisibleOptions within(Duration limit) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(limit.toMillis());
  }
}
