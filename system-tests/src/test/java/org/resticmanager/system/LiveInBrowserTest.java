package org.resticmanager.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page is told what changes; it does not have to ask, and comes back when the server does. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class LiveInBrowserTest {

  private static final double MILLIS = Duration.ofMinutes(1).toMillis();

  @Test
  void pageIsToldAndComesBackAfterARestart() {
    try (ControlPlane controlPlane = new ControlPlane();
        Browser browser = new Browser(controlPlane)) {
      Admin admin = controlPlane.admin();
      String host = enrol(controlPlane);
      admin.connect(host, admin.addRepository("nas", "/nas", Secrets.random()));
      admin.putSourceGroup(host, "files", List.of("/srv"));
      browser.signIn();
      Page page = browser.page();
      awaitTold(page, () -> browser.open("/hosts.xhtml"));
      Locator row = page.locator("#hosts-table tbody tr");
      assertThat(row).not().containsText("Backup of files");

      ask(page, "stop");
      String job = admin.runNow(host, "files");
      assertThat(row).containsText("Backup of files", within());
      ask(page, "start");

      Locator state = page.locator("#live-state");
      assertThat(state).hasText("Live");
      controlPlane.stop();
      assertThat(state).hasText("Reconnecting …", withinText());
      awaitTold(page, controlPlane::start);
      assertThat(state).hasText("Live", withinText());

      ask(page, "stop");
      admin.api().post("/api/v1/jobs/" + job + "/cancel");
      assertThat(row).containsText("Cancelled", within());
    }
  }

  private static String enrol(ControlPlane controlPlane) {
    return controlPlane
        .api()
        .post(
            "/api/v1/enrolments",
            Json.createObjectBuilder()
                .add("token", controlPlane.admin().newEnrolmentToken())
                .add("hostname", "web")
                .add("os", "linux")
                .add("arch", "amd64")
                .build())
        .expect(201)
        .json()
        .getString("hostId");
  }

  /** Does something, and waits until a socket that the page has opened since heard the server. */
  static void awaitTold(Page page, Runnable work) {
    AtomicInteger heard = new AtomicInteger();
    Consumer<WebSocket> count = socket -> socket.onFrameReceived(frame -> heard.incrementAndGet());
    page.onWebSocket(count);
    work.run();
    page.waitForCondition(
        () -> heard.get() > 0, new Page.WaitForConditionOptions().setTimeout(MILLIS));
    page.offWebSocket(count);
  }

  private static void ask(Page page, String startOrStop) {
    page.evaluate("PrimeFaces.widgets.poll." + startOrStop + "()");
  }

  private static LocatorAssertions.ContainsTextOptions within() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(MILLIS);
  }

  private static LocatorAssertions.HasTextOptions withinText() {
    return new LocatorAssertions.HasTextOptions().setTimeout(MILLIS);
  }
}
