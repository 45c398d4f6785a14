package org.resticmanager.system;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of axe-core: those of WCAG 2.2 up to AA, and what is good practice beyond. */
final class AccessibilityRules {

  private static final String SCRIPT = read("/axe.min.js");

  private static final String EVERY_RULE = "rules: { 'target-size': { enabled: true } }";
  private static final String CONTRAST = "runOnly: ['color-contrast']";

  private static final String BROKEN =
      "async () => (await axe.run(document, { resultTypes: ['violations'], %s }))"
          + ".violations.flatMap(broken => broken.nodes.map(node =>"
          + " `${broken.id} (${broken.impact}): ${node.html.slice(0, 300)}"
          + " ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`))";

  private AccessibilityRules() {}

  /** What the page breaks as it is shown now: the rule, the element and why. */
  static List<String> brokenBy(Page page) {
    return broken(page, EVERY_RULE);
  }

  /** As {@link #brokenBy}, of the rule about colours. */
  static List<String> contrastOf(Page page) {
    return broken(page, CONTRAST);
  }

  private static List<String> broken(Page page, String rules) {
    if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(SCRIPT);
    }
    return ((List<?>) page.evaluate(BROKEN.formatted(rules)))
        .stream().map(String::valueOf).toList();
  }

  private static String read(String resource) {
    try (InputStream script = AccessibilityRules.class.getResourceAsStream(resource)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
