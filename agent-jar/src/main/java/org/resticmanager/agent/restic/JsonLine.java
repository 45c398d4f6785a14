package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what restic writes with {@code --json}, as it comes from any version: what is absent, null
 * or of another type than expected is 0 or empty, never an exception.
 */
final class JsonLine {

  private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

  private JsonLine() {}

  /** The object on this line; empty if it is some other text. */
  static Optional<JsonObject> parse(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try (JsonReader reader = READERS.createReader(new StringReader(line))) {
      return Optional.of(reader.readObject());
    } catch (RuntimeException e) {
      // also a cut line, and nesting that the parser refuses with a bare RuntimeException
      return Optional.empty();
    }
  }

  static String type(JsonObject object) {
    return text(object, "message_type");
  }

  static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonString text ? text.getString() : "";
  }

  static double decimal(JsonObject object, String key) {
    return object.get(key) instanceof JsonNumber number ? number.doubleValue() : 0;
  }

  /** Never negative. */
  static long count(JsonObject object, String key) {
    return object.get(key) instanceof JsonNumber number ? Math.max(0, number.longValue()) : 0;
  }

  static JsonObject object(JsonObject object, String key) {
    return object.get(key) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
  }

  static List<String> texts(JsonObject object, String key) {
    return object.get(key) instanceof JsonArray array
        ? array.stream()
            .filter(JsonString.class::isInstance)
            .map(value -> ((JsonString) value).getString())
            .toList()
        : List.of();
  }

  static Optional<OffsetDateTime> time(JsonObject object, String key) {
    try {
      return Optional.of(OffsetDateTime.parse(text(object, key)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
