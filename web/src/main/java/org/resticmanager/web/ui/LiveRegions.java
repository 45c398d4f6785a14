package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.primefaces.PrimeFaces;

/**
 * Which regions of a page have changed since the browser last got them. A poll renders only those:
 * what stays keeps its focus, its selection and its scroll position.
 *
 * <p>The browser keeps the marks of what it shows and sends them with each poll.
 */
@Named("live")
@RequestScoped
public class LiveRegions {

  private final Map<String, String> marks = new TreeMap<>();
  private String seen = "";

  /** The marks that the page shows, as {@code region=mark} with blanks between. */
  public String getSeen() {
    return marks.isEmpty()
        ? seen
        : marks.entrySet().stream()
            .map(mark -> mark.getKey() + "=" + mark.getValue())
            .collect(Collectors.joining(" "));
  }

  public void setSeen(String seen) {
    this.seen = seen == null ? "" : seen;
  }

  /** Notes what a region shows when the whole page is rendered. */
  void shows(String region, Object content) {
    marks.put(region, mark(content));
  }

  /** Renders the region in this poll's answer, unless the browser has it as it is now. */
  void refresh(String region, Object content) {
    String mark = mark(content);
    marks.put(region, mark);
    if (!(" " + seen + " ").contains(" " + region + "=" + mark + " ")) {
      PrimeFaces.current().ajax().update(region);
    }
  }

  /** Gives the browser the marks of what it has after this poll. */
  void answer() {
    PrimeFaces.current().ajax().addCallbackParam("seen", getSeen());
  }

  /** Not by its text: records make that by {@code String.format}, up to Java 20. */
  private static String mark(Object content) {
    return Integer.toHexString(content.hashCode());
  }
}
