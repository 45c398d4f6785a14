package org.resticmanager.protocol.wire;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.math.BigDecimal;

/**
 * An object that we carry without knowing its keys, for example restic's summary. It may hold null;
 * of a key that comes twice the last one counts.
 */
final class JsonObjectType implements ValueType {

  /** That of a double, roughly: whoever turns a number of this size into a long harms nobody. */
  private static final int MAX_EXPONENT = 400;

  /**
   * restic's largest summary has some thirty values. A value takes two characters in a frame and a
   * hundred bytes and more as an object.
   */
  private static final int MAX_VALUES = 4_000;

  private final JsonBuilderFactory builders;

  JsonObjectType(JsonBuilderFactory builders) {
    this.builders = builders;
  }

  @Override
  public Object read(JsonParser in, Event first) {
    if (first != Event.START_OBJECT) {
      throw new BadValue("is not an object");
    }
    return object(in, 1, new int[] {MAX_VALUES});
  }

  private JsonObject object(JsonParser in, int depth, int[] left) {
    Unknown.checkDepth(depth);
    JsonObjectBuilder object = builders.createObjectBuilder();
    for (Event event = in.next(); event != Event.END_OBJECT; event = in.next()) {
      countDown(left);
      String key = in.getString();
      Event value = in.next();
      switch (value) {
        case START_OBJECT -> object.add(key, object(in, depth + 1, left));
        case START_ARRAY -> object.add(key, array(in, depth + 1, left));
        case VALUE_STRING -> object.add(key, in.getString());
        case VALUE_NUMBER -> object.add(key, number(in, value));
        default -> object.add(key, constant(value));
      }
    }
    return object.build();
  }

  private JsonArray array(JsonParser in, int depth, int[] left) {
    Unknown.checkDepth(depth);
    JsonArrayBuilder array = builders.createArrayBuilder();
    for (Event event = in.next(); event != Event.END_ARRAY; event = in.next()) {
      countDown(left);
      switch (event) {
        case START_OBJECT -> array.add(object(in, depth + 1, left));
        case START_ARRAY -> array.add(array(in, depth + 1, left));
        case VALUE_STRING -> array.add(in.getString());
        case VALUE_NUMBER -> array.add(number(in, event));
        default -> array.add(constant(event));
      }
    }
    return array.build();
  }

  private static void countDown(int[] left) {
    if (--left[0] < 0) {
      throw new BadValue("holds more than " + MAX_VALUES + " values");
    }
  }

  private static BigDecimal number(JsonParser in, Event event) {
    try {
      BigDecimal number = new BigDecimal(ScalarType.number(in, event));
      if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
        throw new BadValue("holds a number beyond all bounds");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new BadValue("holds a number beyond all bounds");
    }
  }

  private static JsonValue constant(Event event) {
    return switch (event) {
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      default -> JsonValue.NULL;
    };
  }

  @Override
  public void write(Object value, JsonText out) {
    write((JsonValue) value, out);
  }

  private static void write(JsonValue value, JsonText out) {
    switch (value.getValueType()) {
      case OBJECT -> {
        String before = "{";
        for (var entry : value.asJsonObject().entrySet()) {
          out.json(before).text(entry.getKey()).json(":");
          write(entry.getValue(), out);
          before = ",";
        }
        out.json(before.equals("{") ? "{}" : "}");
      }
      case ARRAY -> {
        String before = "[";
        for (JsonValue each : value.asJsonArray()) {
          out.json(before);
          write(each, out);
          before = ",";
        }
        out.json(before.equals("[") ? "[]" : "]");
      }
      case STRING -> out.text(((JsonString) value).getString());
      case NUMBER -> out.json(((JsonNumber) value).toString());
      case TRUE -> out.json("true");
      case FALSE -> out.json("false");
      case NULL -> out.json("null");
    }
  }

  @Override
  public boolean empty(Object value) {
    return ((JsonObject) value).isEmpty();
  }
}
