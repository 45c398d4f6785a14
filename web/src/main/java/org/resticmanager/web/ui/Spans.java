package org.resticmanager.web.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.platform.Invalid;
import org.resticmanager.web.ui.JobsView.Choice;

/** How far back a list may be made to look; see {@code since.*}. */
final class Spans {

  private static final Map<String, Duration> SPANS = new LinkedHashMap<>();

  static {
    SPANS.put("day", Duration.ofDays(1));
    SPANS.put("week", Duration.ofDays(7));
    SPANS.put("month", Duration.ofDays(30));
  }

  private Spans() {}

  /**
   * Since when.
   *
   * @param chosen empty for ever
   * @throws Invalid if it is none that a page offers
   */
  static Optional<Instant> from(String chosen, Instant now) {
    Duration span = SPANS.get(chosen);
    if (span == null && !chosen.isEmpty()) {
      throw new Invalid("since", "is not one that the page offers");
    }
    return Optional.ofNullable(span).map(now::minus);
  }

  /** What may be chosen. */
  static List<Choice> choices(String chosen, Wording wording) {
    return SPANS.keySet().stream()
        .map(span -> new Choice(span, wording.text("since." + span), span.equals(chosen)))
        .toList();
  }
}
