package org.resticmanager.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One JSON object per record and line: {@code time}, {@code level}, {@code logger}, {@code
 * message}, {@code thread}, for a failure {@code exception} with its stack, and {@code host},
 * {@code job} and {@code repository} with the ids of those that the message names. Public because
 * the log manager creates it by name.
 */
public final class JsonLogFormatter extends Formatter {

  /** As our messages have them: "host 0190…" and the like. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(host|job|repository) (\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\b");

  private final ServerLogFormatter texts = new ServerLogFormatter();

  /** Called by the log manager. */
  public JsonLogFormatter() {}

  @Override
  public String format(LogRecord entry) {
    String message = texts.formatMessage(entry);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("time", entry.getInstant().toString());
    fields.put("level", entry.getLevel().getName());
    fields.put("logger", entry.getLoggerName());
    fields.put("message", message);
    fields.put("thread", Long.toString(entry.getLongThreadID()));
    Matcher named = NAMED.matcher(message == null ? "" : message);
    while (named.find()) {
      fields.putIfAbsent(named.group(1), named.group(2));
    }
    if (entry.getThrown() != null) {
      StringWriter stack = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(stack));
      fields.put("exception", stack.toString());
    }
    return fields.entrySet().stream()
        .filter(field -> field.getValue() != null)
        .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      switch (character) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (character < ' ') {
            quoted.append("\\u%04x".formatted((int) character));
          } else {
            quoted.append(character);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
