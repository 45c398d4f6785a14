package org.resticmanager.agent.spool;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a log line comes from: what the log holds up to here need not be read from there again.
 *
 * @param source a file of restic's output, or another name without blanks, commas and colons
 * @param end the byte after the line in the file
 */
public record Place(String source, long end) {

  @Override
  public String toString() {
    return source + ':' + end;
  }

  /** Those of a text, with blanks or commas between them. */
  static List<Place> parseAll(String text) {
    return Pattern.compile("[ ,]")
        .splitAsStream(text)
        .flatMap(part -> parse(part).stream())
        .toList();
  }

  private static Optional<Place> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Place(text.substring(0, colon), Long.parseLong(text.substring(colon + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
