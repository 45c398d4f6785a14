package org.resticmanager.bench.store;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Api;

/** A person's browser, which tells when the largest part of a page was painted. */
final class Chromium implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /** Milliseconds since the page was asked for; as browsers define it, nothing later is larger. */
  private static final String LARGEST_PAINT =
      "() => new Promise(found => new PerformanceObserver(paints =>"
          + " found(paints.getEntries().at(-1).startTime))"
          + ".observe({type: 'largest-contentful-paint', buffered: true}))";

  private final Api api;
  private final Playwright playwright;
  private final Page page;

  /** Of whoever the API knows. */
  Chromium(Api api) {
    this.api = api;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    page =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(List.of("--headless=new", "--no-sandbox", "--disable-gpu")))
            .newPage();
    page.setViewportSize(1280, 800);
    page.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + api.token()));
  }

  /** Opens a page so many times after a first one, which brings what the browser keeps. */
  Sample paints(String path, int times) {
    List<Double> millis = new ArrayList<>();
    for (int i = -1; i < times; i++) {
      page.navigate(api.base().resolve(path).toString());
      double painted = ((Number) page.evaluate(LARGEST_PAINT)).doubleValue();
      if (i >= 0) {
        millis.add(painted);
      }
    }
    return new Sample(millis);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
