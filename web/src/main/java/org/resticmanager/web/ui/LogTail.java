package org.resticmanager.web.ui;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import java.util.List;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.platform.VisibleText;

/**
 * The part of a log that a page shows next.
 *
 * @param lines in the log's order
 * @param skipped how many lines before them are left out, because the log grew faster than a person
 *     reads
 */
record LogTail(List<LogLine> lines, long skipped) {

  /** A longer line is cut: it stays whole in the log. */
  private static final int MAX_LINE = 4000;

  static String shown(LogLine line) {
    return VisibleText.beginningOf(line.text(), MAX_LINE);
  }

  /** For the page's script, in ASCII: passes through XML and JavaScript unharmed. */
  String json() {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (LogLine line : lines) {
      array.add(
          JSON.createObjectBuilder()
              .add("seq", line.seq())
              .add("time", line.time().toString())
              .add("stream", line.stream().wireName())
              .add("text", shown(line)));
    }
    return ascii(array.build().toString());
  }

  static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char character = json.charAt(i);
      if (character > '~' || character == '<' || character == '>' || character == '&') {
        ascii.append(String.format("\\u%04x", (int) character));
      } else {
        ascii.append(character);
      }
    }
    return ascii.toString();
  }
}
