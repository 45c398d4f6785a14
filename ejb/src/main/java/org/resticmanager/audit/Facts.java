package org.resticmanager.audit;

import static java.util.Objects.requireNonNull;
import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How something stood before or after a change, named one by one by who makes the change: so no
 * secret gets among them by accident. Immutable.
 */
public final class Facts {

  private static final Facts NONE = new Facts(JsonValue.EMPTY_JSON_OBJECT);

  private final JsonObject json;

  private Facts(JsonObject json) {
    this.json = json;
  }

  /** Nothing, because there was or is nothing. */
  public static Facts none() {
    return NONE;
  }

  /** A first fact. */
  public static Facts with(String name, Object value) {
    return NONE.and(name, value);
  }

  /**
   * One more fact.
   *
   * @param value a text, number or truth value, a collection of them, or an object that says itself
   *     in words; what is null or an empty optional is left out
   */
  public Facts and(String name, Object value) {
    requireNonNull(name);
    Object plain = plain(value);
    return plain == null
        ? this
        : new Facts(JSON.createObjectBuilder(json).add(name, toJson(plain)).build());
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    return value instanceof OptionalInt number
        ? (number.isPresent() ? number.getAsInt() : null)
        : value;
  }

  private static JsonValue toJson(Object value) {
    if (value instanceof Facts facts) {
      return facts.json;
    }
    if (value instanceof Integer || value instanceof Long) {
      return JSON.createValue(((Number) value).longValue());
    }
    if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value instanceof Collection<?> values) {
      JsonArrayBuilder list = JSON.createArrayBuilder();
      values.forEach(each -> list.add(toJson(each)));
      return list.build();
    }
    return JSON.createValue(value.toString());
  }

  /** A JSON object; empty if there are no facts. */
  Optional<String> toColumn() {
    return json.isEmpty() ? Optional.empty() : Optional.of(json.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Facts facts && json.equals(facts.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
