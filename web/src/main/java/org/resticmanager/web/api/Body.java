package org.resticmanager.web.api;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

/** What holds for every request's body. */
final class Body {

  private Body() {}

  /**
   * @throws Malformed if there is none
   */
  static <T> T require(T body) {
    if (body == null) {
      throw new Malformed("A body is needed here.");
    }
    return body;
  }

  /**
   * A text in a body that may be left out.
   *
   * @param body the text of the body; empty if there is none
   * @throws Malformed if the body is no JSON object
   * @throws Invalid if the value is no text
   */
  static Optional<String> text(String body, String name) {
    if (body == null || body.isBlank()) {
      return Optional.empty();
    }
    JsonValue value = value(body, name, JsonValue.NULL);
    if (value.equals(JsonValue.NULL)) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString text)) {
      throw new Invalid(name, "must be a text");
    }
    return Optional.of(text.getString());
  }

  /**
   * A choice in a body that may be left out: false unless it is given.
   *
   * @param body the text; empty if there is none
   * @throws Malformed if the body is no JSON object
   * @throws Invalid if the choice is neither true nor false
   */
  static boolean flag(String body, String name) {
    if (body == null || body.isBlank()) {
      return false;
    }
    JsonValue value = value(body, name, JsonValue.FALSE);
    if (!value.equals(JsonValue.TRUE) && !value.equals(JsonValue.FALSE)) {
      throw new Invalid(name, "must be true or false");
    }
    return value.equals(JsonValue.TRUE);
  }

  /**
   * A whole number in a body that may be left out.
   *
   * @param body the text of the body; empty if there is none
   * @throws Malformed if the body is no JSON object
   * @throws Invalid if the value is no whole number
   */
  static Optional<Long> count(String body, String name) {
    if (body == null || body.isBlank()) {
      return Optional.empty();
    }
    JsonValue value = value(body, name, JsonValue.NULL);
    if (value.equals(JsonValue.NULL)) {
      return Optional.empty();
    }
    try {
      return Optional.of(((JsonNumber) value).longValueExact());
    } catch (ArithmeticException | ClassCastException e) {
      throw new Invalid(name, "must be a whole number");
    }
  }

  private static JsonValue value(String body, String name, JsonValue unlessGiven) {
    try (JsonReader reader = JSON.createReader(new StringReader(body))) {
      return reader.readObject().getOrDefault(name, unlessGiven);
    } catch (JsonException | IllegalStateException e) {
      throw new Malformed("The body must be a JSON object.");
    }
  }
}
