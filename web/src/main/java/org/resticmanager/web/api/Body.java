package org.resticmanager.web.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.resticmanager.platform.Invalid;

/** What holds for every request's body. */
final class Body {

  private Body() {}

  /**
   * @throws Invalid if there is none
   */
  static <T> T require(T body) {
    if (body == null) {
      throw new Invalid("body", "must not be empty");
    }
    return body;
  }

  /**
   * A choice in a body that may be left out: false unless it is given.
   *
   * @param body the text; empty if there is none
   * @throws Invalid if the body is no JSON object or the choice is neither true nor false
   */
  static boolean flag(String body, String name) {
    if (body == null || body.isBlank()) {
      return false;
    }
    JsonValue value;
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      value = reader.readObject().getOrDefault(name, JsonValue.FALSE);
    } catch (JsonException | IllegalStateException e) {
      throw new Invalid("body", "must be a JSON object");
    }
    if (!value.equals(JsonValue.TRUE) && !value.equals(JsonValue.FALSE)) {
      throw new Invalid(name, "must be true or false");
    }
    return value.equals(JsonValue.TRUE);
  }
}
