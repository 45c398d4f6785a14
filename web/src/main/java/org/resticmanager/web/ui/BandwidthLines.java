package org.resticmanager.web.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.bandwidth.BandwidthWindow;
import org.resticmanager.platform.Invalid;

/** Windows with limits as people type them, one a line: {@code mon-fri 08:00-18:00 2048 4096}. */
final class BandwidthLines {

  private static final Pattern LINE = Pattern.compile("(.*\\S)\\s+(\\d{1,10})\\s+(\\d{1,10})");

  private BandwidthLines() {}

  /**
   * Reads them.
   *
   * @throws Invalid if a line cannot be read
   */
  static List<BandwidthWindow> read(String text) {
    List<BandwidthWindow> windows = new ArrayList<>();
    for (String line : Lines.read(text)) {
      Matcher parts = LINE.matcher(line.strip());
      if (!parts.matches()) {
        throw new Invalid(
            "windows",
            "must be lines as 'mon-fri 08:00-18:00 2048 4096', unlike '" + line.strip() + "'");
      }
      Bandwidth limits =
          new Bandwidth(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
      WindowLines.read(parts.group(1))
          .forEach(hours -> windows.add(new BandwidthWindow(hours, limits)));
    }
    return windows;
  }

  /** The lines of windows. */
  static String write(List<BandwidthWindow> windows) {
    return windows.stream()
        .map(
            window ->
                WindowLines.write(List.of(window.hours()))
                    + " "
                    + window.limits().uploadKib()
                    + " "
                    + window.limits().downloadKib())
        .collect(Collectors.joining("\n"));
  }
}
