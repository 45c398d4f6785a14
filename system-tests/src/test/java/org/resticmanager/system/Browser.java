package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A person's browser: Chromium with one page, on one control plane. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int WIDE = 1280;
  private static final int NARROW = 360;
  private static final int HEIGHT = 800;

  private static final String STICKS_OUT =
      "() => document.documentElement.scrollWidth <= window.innerWidth ? []"
          + " : [...document.querySelectorAll('*')]"
          + ".filter(e => e.getBoundingClientRect().right > window.innerWidth)"
          + ".map(e => e.outerHTML.slice(0, 300))";

  private static final String WORDS =
      "() => { const words = [document.title.split(' · ')[0]];"
          + " for (const e of document.querySelectorAll('body, body *:not(script)')) {"
          + " for (const n of e.childNodes) if (n.nodeType === Node.TEXT_NODE) words.push(n.data);"
          + " for (const a of ['aria-label', 'title', 'placeholder', 'value'])"
          + " if (e.hasAttribute(a)) words.push(e.getAttribute(a)); }"
          + " return words.map(w => w.replace(/\\s+/g, ' ').trim()).filter(w => w); }";

  private final Playwright playwright;
  private final Page page;
  private final ControlPlane controlPlane;
  private final URI address;
  private final List<String> troubles = new ArrayList<>();

  Browser(ControlPlane controlPlane) {
    this(controlPlane, controlPlane.url());
  }

  /** As {@link #Browser(ControlPlane)}, by another address. */
  Browser(ControlPlane controlPlane, URI address) {
    this(controlPlane, address, "en-US");
  }

  /** That of a person who reads German. */
  static Browser inGerman(ControlPlane controlPlane) {
    return new Browser(controlPlane, controlPlane.url(), "de-DE");
  }

  private Browser(ControlPlane controlPlane, URI address, String language) {
    assertThat(CHROMIUM).as("ci/tools chromium").isExecutable();
    this.controlPlane = controlPlane;
    this.address = address;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    page =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")))
            .newPage(
                new com.microsoft.playwright.Browser.NewPageOptions()
                    .setLocale(language)
                    .setIgnoreHTTPSErrors(true));
    page.setViewportSize(WIDE, HEIGHT);
    page.onPageError(error -> troubles.add("script: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            troubles.add("console: " + message.text());
          }
        });
  }

  Page page() {
    return page;
  }

  /** What the browser complained of: errors of scripts, resources that are missing or forbidden. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  void open(String path) {
    page.navigate(address(path));
  }

  /**
   * Opens a page, which must be there.
   *
   * @return how many bytes came over the network for it, as compressed: what the browser has kept
   *     of earlier pages does not count
   */
  long bytesToOpen(String path) {
    AtomicLong bytes = new AtomicLong();
    CDPSession network = page.context().newCDPSession(page);
    network.on(
        "Network.loadingFinished",
        event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
    network.send("Network.enable");
    Response response = page.navigate(address(path));
    assertThat(response.status()).as(path).isEqualTo(200);
    network.detach();
    return bytes.get();
  }

  private String address(String path) {
    return URI.create(address + "/").resolve(path).toString();
  }

  /** As the administrator. */
  void signIn() {
    controlPlane.admin();
    signIn(Admin.NAME, controlPlane.adminPassword());
  }

  /** As anybody. */
  void signIn(String name, String password) {
    open("/sign-in.xhtml");
    page.fill("#name", name);
    page.fill("#password", password);
    page.click("#sign-in");
    page.waitForURL("**/dashboard.xhtml");
  }

  void openHost(String id) {
    open("/host.xhtml?id=" + id);
  }

  void openJob(String id) {
    open("/job.xhtml?id=" + id);
  }

  /** Says yes to what the page asks before it does something. */
  void confirm(String question) {
    answer(question, ".ui-confirmdialog-yes");
  }

  /** Says no to it. */
  void decline(String question) {
    answer(question, ".ui-confirmdialog-no");
  }

  private void answer(String question, String button) {
    Locator dialog =
        page.locator(".ui-confirm-dialog", new Page.LocatorOptions().setHasText(question));
    dialog.locator(button).click();
    dialog.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  /** The visible text of the one element that matches. */
  String text(String selector) {
    return page.innerText(selector).strip();
  }

  /**
   * All that the page says, visible or to a screen reader or later, in the pieces of its source.
   */
  List<String> words() {
    return ((List<?>) page.evaluate(WORDS)).stream().map(String::valueOf).toList();
  }

  /**
   * Pictures of the page, light and dark, wide and narrow. They become those of the documentation
   * with {@code -Dscreenshots=update}.
   */
  void takePictures(String name) {
    Path folder = pictures();
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      for (int width : List.of(NARROW, WIDE)) {
        look(scheme, width);
        String file =
            name
                + (scheme == ColorScheme.DARK ? "-dark" : "")
                + (width == NARROW ? "-narrow" : "")
                + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(file)));
      }
    }
  }

  /**
   * That the page breaks no rule of accessibility and can be read without scrolling sideways, light
   * and dark, wide and narrow. What is dark differs by its colours only.
   */
  void assertGoodInEveryLook() {
    for (int width : List.of(NARROW, WIDE)) {
      look(ColorScheme.LIGHT, width);
      assertThat(page.evaluate(STICKS_OUT))
          .as("what sticks out of %s at %d pixels", page.url(), width)
          .isEqualTo(List.of());
      assertThat(AccessibilityRules.brokenBy(page))
          .as("rules that %s breaks at %d pixels", page.url(), width)
          .isEmpty();
    }
    look(ColorScheme.DARK, WIDE);
    assertThat(AccessibilityRules.contrastOf(page))
        .as("contrast of %s, dark", page.url())
        .isEmpty();
    look(ColorScheme.LIGHT, WIDE);
  }

  private void look(ColorScheme scheme, int width) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.setViewportSize(width, HEIGHT);
  }

  /**
   * Whether somebody wants pictures of every page, and not only of what is in the documentation.
   */
  static boolean picturesWanted() {
    return System.getProperty("screenshots") != null;
  }

  private static Path pictures() {
    return "update".equals(System.getProperty("screenshots"))
        ? Project.root().resolve("docs/images")
        : Path.of(System.getProperty("basedir", ""), "target", "screenshots").toAbsolutePath();
  }

  /**
   * Whether the page can be read without scrolling sideways at any width we support, and breaks no
   * rule of accessibility.
   */
  void assertFitsNarrowScreen() {
    page.setViewportSize(NARROW, HEIGHT);
    assertThat(page.evaluate(STICKS_OUT))
        .as("what sticks out of %s at %d pixels", page.url(), NARROW)
        .isEqualTo(List.of());
    assertThat(AccessibilityRules.brokenBy(page)).as("rules that %s breaks", page.url()).isEmpty();
    page.setViewportSize(WIDE, HEIGHT);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
