package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a restic complained of on stderr, condensed to what an error text needs: a few of the files
 * that it could not read and their number, its last word, and the lines before it. Bounded, however
 * much restic complains.
 */
public final class Complaints {

  private static final int FILES_NAMED = 5;
  private static final int LINES_KEPT = 12;
  private static final int LINE_CHARS = 1000;
  private static final int PATHS_SKIPPED = 100;
  private static final String SKIPPING = " does not exist, skipping";
  private static final String LOST =
      "what restic said could not be stored: no space left on device";

  /** Some errors have one behind them. */
  private static final Pattern STACK_TRACE =
      Pattern.compile("\\t\\S+\\.(go|s):\\d+|(github\\.com/|main\\.|runtime\\.)\\S+");

  private static final Map<Long, String> ERRNO =
      Map.of(
          1L, "operation not permitted",
          2L, "no such file or directory",
          5L, "input/output error",
          13L, "permission denied");

  private final Map<String, String> filesNamed = new LinkedHashMap<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final List<String> skipped = new ArrayList<>();
  private long archivalErrors;
  private long scanErrors;
  private String exitMessage = "";
  private String retrying = "";
  private boolean incomplete;

  /** A line of stderr; returns whether it was one of restic's JSON objects. */
  boolean accept(String line) {
    Optional<JsonObject> json = JsonLine.parse(line);
    String type = json.map(JsonLine::type).orElse("");
    if (json.isEmpty() && line.startsWith("{")) {
      // cut by a full disk, or too long: about a file perhaps, and no word about the whole
      return false;
    }
    switch (type) {
      case "error" -> error(json.get());
      case "exit_error" -> exitMessage = withoutStack(JsonLine.text(json.get(), "message"));
      default -> text(line);
    }
    return !type.isEmpty();
  }

  private static String withoutStack(String message) {
    return message
        .lines()
        .filter(line -> !STACK_TRACE.matcher(line).matches())
        .collect(Collectors.joining("\n"));
  }

  private void error(JsonObject error) {
    String item = JsonLine.text(error, "item");
    if (item.isEmpty()) {
      String message = JsonLine.text(error, "message");
      text(message.isEmpty() ? JsonLine.text(JsonLine.object(error, "error"), "message") : message);
      return;
    }
    if (JsonLine.text(error, "during").equals("scan")) {
      scanErrors++;
    } else {
      archivalErrors++;
    }
    String reason = reason(JsonLine.object(error, "error"));
    if (filesNamed.size() < FILES_NAMED || filesNamed.containsKey(item)) {
      filesNamed.merge(item, reason, (first, second) -> first.isEmpty() ? second : first);
    }
  }

  private static String reason(JsonObject error) {
    String message = JsonLine.text(error, "message");
    if (!message.isEmpty()) {
      return message.substring(message.lastIndexOf(": ") < 0 ? 0 : message.lastIndexOf(": ") + 2);
    }
    return ERRNO.getOrDefault(JsonLine.count(error, "Err"), "");
  }

  private void text(String line) {
    if (STACK_TRACE.matcher(line).matches()) {
      return;
    }
    String clean = line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").strip();
    if (clean.isEmpty()) {
      return;
    }
    String kept = clean.length() > LINE_CHARS ? clean.substring(0, LINE_CHARS) + "…" : clean;
    if (clean.endsWith(SKIPPING) && skipped.size() < PATHS_SKIPPED) {
      skipped.add(clean.substring(0, clean.length() - SKIPPING.length()));
    }
    if (tellsOfRetry(kept)) {
      retrying = kept;
      return;
    }
    if (lastLines.size() == LINES_KEPT) {
      lastLines.removeFirst();
    }
    lastLines.addLast(kept);
  }

  /** The disk for restic's output was full when restic ended. */
  void mayBeIncomplete() {
    incomplete = true;
  }

  /** Whether restic may have said more, and it could not be stored. */
  public boolean incomplete() {
    return incomplete;
  }

  /** The paths that restic left out because they do not exist. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** How many files or folders could not be read. */
  public long unreadable() {
    // an unreadable folder is met twice, by the scan that counts and by the backup itself
    return archivalErrors > 0 ? archivalErrors : scanErrors;
  }

  /** For example {@code 3 files could not be read: /a (permission denied), /b, …}. */
  public Optional<String> unreadableInWords() {
    if (unreadable() == 0) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    filesNamed.forEach(
        (file, reason) -> named.add(reason.isEmpty() ? file : file + " (" + reason + ")"));
    if (unreadable() > named.size()) {
      named.add("…");
    }
    return Optional.of(
        unreadable()
            + (unreadable() == 1 ? " file" : " files")
            + " could not be read: "
            + String.join(", ", named));
  }

  /** Whether restic says that it repeats a request to its backend. */
  static boolean tellsOfRetry(String line) {
    return line.contains("retrying after");
  }

  /** The last request to the backend that restic said it would repeat; empty if none. */
  Optional<String> retrying() {
    return Optional.of(retrying).filter(line -> !line.isEmpty());
  }

  /** restic's last word, of later versions as JSON, of older ones the lines from "Fatal:" on. */
  String lastWords() {
    if (!exitMessage.isEmpty()) {
      return exitMessage;
    }
    List<String> lines = List.copyOf(lastLines);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("Fatal:")) {
        return String.join("\n", lines.subList(i, lines.size()));
      }
    }
    return lines.isEmpty() ? retrying + lost() : String.join("\n", lines);
  }

  private String lost() {
    boolean silent = exitMessage.isEmpty() && lastLines.isEmpty() && retrying.isEmpty();
    return incomplete && silent ? LOST : "";
  }

  /** All that is kept, for looking for what is known. */
  String everything() {
    return String.join("\n", exitMessage, String.join("\n", lastLines), retrying, lost());
  }
}
